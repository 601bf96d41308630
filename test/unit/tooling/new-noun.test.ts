import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeNoun } from '../../generator/new-noun.ts';
import { copyProject, type ProjectCopy } from '../../support/project-copy.ts';

const limit = 240_000;
const run = promisify(execFile);

let project: ProjectCopy;
let noun: Awaited<ReturnType<typeof makeNoun>>;
beforeAll(async () => {
  project = copyProject(['test', 'biome.json', 'knip.json', '.dependency-cruiser.mjs', 'vitest.config.ts']);
  noun = await makeNoun(project.directory, {
    noun: 'work-item',
    german: 'Vorhaben',
    germanPlural: 'Vorhaben',
  });
}, limit);
afterAll(() => project?.remove());

/** Runs a tool on the copy; throws its output if it fails. */
async function tool(script: string, ...parameters: readonly string[]): Promise<string> {
  const path = join('node_modules', script);
  const done = run(process.execPath, [path, ...parameters], { cwd: project.directory });
  const { stdout } = await done.catch(({ stdout, stderr }) => {
    throw new Error(`${script} ${parameters.join(' ')}\n${stdout}${stderr}`);
  });
  return stdout;
}

describe('npm run new -- work-item', () => {
  it('makes twelve files of the product and two of tests, and is named in four others', () => {
    const ofProduct = (paths: readonly string[]) => paths.filter((path) => !path.startsWith('test/'));
    expect([ofProduct(noun.made).length, noun.made.length]).toEqual([12, 14]);
    expect(ofProduct(noun.changed)).toEqual([
      'domain/nouns.ts',
      'domain/access/rules.ts',
      'functions/http/resources.ts',
      'web/features.ts',
    ]);
  });

  it('leaves nothing to the formatter, the linter and the import rules', { timeout: limit }, async () => {
    const clean = await tool(
      '@biomejs/biome/bin/biome',
      'ci',
      '--error-on-warnings',
      '--vcs-enabled=false',
      ...noun.made,
      ...noun.changed,
    );
    const own = ['domain/work-item', 'functions/http/work-item', 'web/features/work-items'];
    const cruised = await tool('dependency-cruiser/bin/dependency-cruiser.mjs', ...own);
    expect(clean + cruised).toContain('no dependency violations found');
  });

  it('has types that fit, and no code that nobody uses', { timeout: limit }, async () => {
    const [types, found] = await Promise.all([
      tool('typescript/bin/tsc', '--incremental', 'false'),
      tool('knip/bin/knip.js', '--no-exit-code'),
    ]);
    expect(types).toBe('');
    expect(found).not.toContain('work-item');
  });

  it('passes its own tests and those of the rules', { timeout: limit }, async () => {
    const tests = noun.made.filter((path) => path.startsWith('test/'));
    const said = await tool('vitest/vitest.mjs', 'run', ...tests, 'test/unit/domain/ability.test.ts');
    expect(said).toMatch(/Test Files .*3 passed/);
  });

  it('takes another noun beside it', { timeout: limit }, async () => {
    const { made } = await makeNoun(project.directory, { noun: 'idea' });
    const [domain = ''] = made.filter((path) => path.startsWith('test/integration'));
    const said = await tool('vitest/vitest.mjs', 'run', domain, 'test/unit/domain/ability.test.ts');
    expect(said).toMatch(/Test Files .*2 passed/);
  });

  it('is refused where it is already', async () => {
    await expect(makeNoun(project.directory, { noun: 'work-item' })).rejects.toThrow(/exist/);
  });
});
