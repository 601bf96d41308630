import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditLog, organization, user } from '../../unit/domain/import/planning.ts';
import { itemsIn, startImport, writeExport } from './support.ts';

let command: Awaited<ReturnType<typeof startImport>>;
beforeAll(async () => {
  command = await startImport();
});
afterAll(() => command.stop());

/** Details that the table or its client would refuse or change. */
const details = [
  '{"n":9007199254740993}',
  '{"n":1e-140}',
  '{"n":1e400}',
  `{"deep":${'['.repeat(40)}${']'.repeat(40)}}`,
  String.raw`{"half":"\ud83d"}`,
  '{"constructor":"x"}',
  '{"constructor":{"name":"Set"}}',
  '{"__proto__":"x"}',
  '{"":1}',
];
// The deepest and the largest that are accepted.
const fits = [`{"deep":${'['.repeat(29)}${']'.repeat(29)}}`, JSON.stringify('é'.repeat(203_000))];
const large = JSON.stringify(Array.from({ length: 105_000 }, () => []));

it('what the table can’t hold is told in the dry run, and all else is imported and agrees', async () => {
  const folder = writeExport({ organizations: [organization('one')], users: [user('ada', 'one')] });
  mkdirSync(join(folder, 'auditLogs'));
  const lines = [...details, ...fits, large].map((text, index) =>
    JSON.stringify(auditLog(`log${index + 1}`, 'one', { details: 'here' })).replace('"here"', () => text),
  );
  writeFileSync(join(folder, 'auditLogs/documents.jsonl'), lines.join('\n'));
  const report = `${folder}.report.jsonl`;
  expect(await command.run(folder, '--report', report)).toMatchObject({ code: 0 });
  const told = readFileSync(report, 'utf8')
    .split('\n')
    .filter((line) => line.includes('auditLogs'))
    .map((line) => JSON.parse(line))
    .map(({ kind, line, id }) => [kind, line, id]);
  expect(told).toEqual([
    ...details.map((_, index) => ['details-as-text', index + 1, `log${index + 1}`]),
    ['document-too-large', lines.length, `log${lines.length}`],
  ]);

  const { code, said } = await command.run(folder, '--apply');
  expect({ code, agrees: said.match(/agrees/g)?.length }).toEqual({ code: 0, agrees: 4 });
  const entries = (await itemsIn(command.plane)).filter(({ entity }) => entity === 'auditEntry');
  const kept = entries.map(({ details }) => details);
  expect(kept).toHaveLength(details.length + fits.length);
  for (const [index, text] of details.entries())
    expect(kept).toContainEqual(
      expect.objectContaining({
        after: expect.objectContaining({ legacyId: `log${index + 1}`, details: text }),
      }),
    );
  expect(await command.run(folder, '--apply')).toMatchObject({ code: 0 });
});
