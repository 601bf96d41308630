import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
// biome-ignore lint/correctness/useImportExtensions: its types are in a file of their own
import { verify } from '../../../web/public/audit-verify.mjs';

const guide = readFileSync('docs/audit.md', 'utf8');
const example = 'docs/audit/example.proof.jsonl';

describe('docs/audit.md', () => {
  test('its worked example comes out as it says, with bash and openssl alone', () => {
    const [, script = '', output = ''] = /```bash\n(.*?)```\n\n```\n(.*?)```/s.exec(guide) ?? [];
    const folder = mkdtempSync(join(tmpdir(), 'mtcms-guide-'));
    cpSync(example, join(folder, 'example.proof.jsonl'));
    const { stdout, status } = spawnSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, output]);
  });

  test('the verifier says the same of the example', async () => {
    const { findings, facts } = await verify([readFileSync(example)], {
      now: new Date('2026-12-01T00:00:00Z'),
    });
    expect(findings).toEqual([]);
    expect(facts).toMatchObject({ entries: 2, expired: 1, erased: 1, newest: { size: 4, number: 2 } });
  });

  test('the verifier keeps its promise to be read: under 400 lines, and nothing beside it', () => {
    const source = readFileSync('web/public/audit-verify.mjs', 'utf8');
    expect(source.split('\n').length - 1).toBeLessThan(400);
    expect(source).not.toMatch(/^import |require\(|import\(/m);
  });
});
