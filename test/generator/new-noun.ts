import { execFileSync } from 'node:child_process';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import nodePlop, { type CustomActionFunction } from 'node-plop';
import { type Registration, registrationsOf } from './registrations.ts';
import { type NounNames, spellingsOf } from './spellings.ts';

const templates = join(import.meta.dirname, 'templates');

/** Writes a registration. Throws if the pattern doesn't match the file any more and has to be fixed. */
const register =
  (root: string, { path, behind, text }: Registration): CustomActionFunction =>
  () => {
    const file = join(root, path);
    const content = readFileSync(file, 'utf8');
    const [found] = behind.exec(content) ?? [];
    if (found === undefined) throw new Error(`${path} has no line like ${behind}`);
    writeFileSync(
      file,
      content.replace(behind, () => `${found}${text}`),
    );
    return path;
  };

/**
 * Generates a noun that belongs to teams, with everything that it needs: domain, routes and handlers, a tab
 * on the team's page in both languages, tests; and registers it wherever nouns are listed.
 * @param root the project's directory
 * @returns the created and the changed files; paths from the root
 * @throws if a file already exists, or a list isn't where it was
 */
export async function makeNoun(
  root: string,
  names: NounNames,
): Promise<{ readonly made: readonly string[]; readonly changed: readonly string[] }> {
  const spellings = spellingsOf(names);
  const registrations = registrationsOf(spellings);
  const plop = await nodePlop('', { destBasePath: root, force: false });
  const generator = plop.setGenerator('noun', {
    description: 'a noun that belongs to teams',
    prompts: [],
    actions: [
      {
        type: 'addMany',
        base: templates,
        destination: root,
        templateFiles: `${templates}/**/*.hbs`,
        globOptions: { dot: true },
        abortOnFail: true,
      },
      ...registrations.map((one) => register(root, one)),
    ],
  });
  const { failures } = await generator.runActions(spellings);
  const [failure] = failures;
  if (failure !== undefined) throw new Error(failure.error || failure.message);
  const made = globSync('**/*.hbs', { cwd: templates }).map((path) =>
    plop.renderString(path.replace(/\.hbs$/, ''), spellings),
  );
  const changed = [...new Set(registrations.map(({ path }) => path))];
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  execFileSync(process.execPath, [biome, 'check', '--write', '--log-level=error', ...made, ...changed], {
    cwd: root,
    stdio: 'inherit',
  });
  return { made, changed };
}
