import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeNoun } from './new-noun.ts';

/**
 * `npm run new -- <noun>`: generates a noun that belongs to teams. CONTRIBUTING.md describes the next
 * steps.
 */
const usage =
  'npm run new -- <noun> [--plural <nouns>] [--german <Wort>] [--german-plural <Wörter>]\nwith names like initiative or work-item';
const { values, positionals } = parseArgs({
  options: {
    plural: { type: 'string' },
    german: { type: 'string' },
    'german-plural': { type: 'string' },
  },
  allowPositionals: true,
});
const [noun = '', ...more] = positionals;
const isName = (name: string) => /^[a-z][a-z]+(-[a-z]+)*$/.test(name);
if (!isName(noun) || !isName(values.plural ?? noun) || more.length > 0) {
  console.error(usage);
  process.exit(1);
}

const root = join(import.meta.dirname, '../..');
const { made, changed } = await makeNoun(root, {
  noun,
  plural: values.plural,
  german: values.german,
  germanPlural: values['german-plural'],
});
for (const path of made) console.log(`made     ${path}`);
for (const path of changed) console.log(`changed  ${path}`);
for (const script of ['docs', 'docs:patterns'])
  execFileSync(process.execPath, ['--run', script], { cwd: root, stdio: 'inherit' });
