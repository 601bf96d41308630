import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { importCommand } from '../../../infra/import/import.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** The command's output for a mapping, with a table that is never reached. */
async function complaint(mapping: object, environment: Readonly<Record<string, string>> = {}) {
  for (const [name, value] of Object.entries({ TABLE_NAME: 'customers', ...environment }))
    vi.stubEnv(name, value);
  const folder = mkdtempSync(join(tmpdir(), 'mtcms-words-'));
  const [file, decisions] = [join(folder, 'export.jsonl'), join(folder, 'decisions.json')];
  writeFileSync(file, '');
  writeFileSync(decisions, JSON.stringify(mapping));
  const said = vi.spyOn(console, 'error').mockReturnValue();
  expect(await importCommand([file, '--mapping', decisions])).toBe(1);
  return String(said.mock.calls[0]?.[0]).replace(decisions, 'decisions.json');
}

describe('the import’s command line', () => {
  it('says what is wrong with a mapping in the product’s words', async () => {
    const mapping = { plans: { gold: 'golden' }, users: { user_ada: 7 }, setAside: 'all', teamName: {} };
    expect(await complaint(mapping)).toBe(
      [
        'The mapping decisions.json isn’t valid:',
        '  users.user_ada: must be text',
        '  plans.gold: must be one of starter, growth, enterprise',
        '  setAside: must be a list',
        '  the file: can’t include "teamName"',
      ].join('\n'),
    );
  });

  it('says which setting is wrong, and what it must be', async () => {
    const environment = { TABLE_NAME: 'x', MTCMS_DYNAMODB_ENDPOINT: 'here' };
    expect(await complaint({}, environment)).toBe(
      'TABLE_NAME must be at least 3 characters\nMTCMS_DYNAMODB_ENDPOINT must be a URL',
    );
  });
});
