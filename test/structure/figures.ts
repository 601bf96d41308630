/**
 * `npm run figures`: how much there is to read, from the current sources. `npm run figures -- <commit>`
 * does the same for a commit; `-- --list <row>` names what a row counts; `-- --without comment,webhook`
 * leaves out folders, files and routes of those names, to compare with a commit that didn't have them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { table } from '../runner/table.ts';
import { withSourcesOf } from '../support/sources-of-commit.ts';
import { backwardArrows, importsIn } from './imports.ts';
import { isCode, isComment, productFiles, type Source, visitNodes } from './sources.ts';

/** A row: its name, and what it counts. */
type Row = readonly [name: string, counted: readonly string[] | number];

const isDeclaration = (line: string): boolean => /^export const \w+ = item\(/.test(line);

/** How many kinds of items a file declares: one in an entity's file, and each `item({…})` of another. */
const kindsIn = ({ path, lines }: Source): number =>
  path.endsWith('.entity.ts') ? 1 : lines.filter(isDeclaration).length;

/** The lines of a file that declare items. */
function declaringLines({ path, lines }: Source): number {
  if (path.endsWith('.entity.ts')) return lines.length;
  let [count, inside] = [0, false];
  for (const line of lines) {
    inside ||= isDeclaration(line);
    if (inside) count += 1;
    if (/^[})]|\);$/.test(line)) inside = false;
  }
  return count;
}

/** Type assertions of a file except `as const`: those at a named boundary, and all others. */
function castsIn(source: Source): { readonly named: number; readonly other: number } {
  let all = 0;
  visitNodes(source, ({ type }) => {
    if (type === 'TsAsExpression' || type === 'TsTypeAssertion') all += 1;
  });
  const named = source.text.match(/biome-ignore lint\/nursery\/noUnsafe[T]ypeAssertion/g)?.length ?? 0;
  return { named, other: Math.max(0, all - named) };
}

const anysIn = (source: Source): number => {
  let count = 0;
  visitNodes(source, ({ type, kind }) => {
    if (type === 'TsKeywordType' && kind === 'any') count += 1;
  });
  return count;
};

const sum = (sources: readonly Source[], of: (source: Source) => number): number =>
  sources.reduce((total, source) => total + of(source), 0);

const under = (folder: string) => (source: Source) => source.path.startsWith(`${folder}/`);

const longComments = ({ path, lines }: Source): string[] =>
  lines.flatMap((line, index) => (line.length > 110 && isComment(line) ? [`${path}:${index + 1}`] : []));

const layerOf = (path: string): string => path.slice(0, path.indexOf('/'));

/** Whether no part of a path, of a file or a route, has one of these names, singular or plural. */
const isWithout = (names: readonly string[], path: string): boolean =>
  !path.split('/').some((part) => names.includes(part.replace(/\..*/, '').replace(/s$/, '')));

function rowsOf(directory: string, without: readonly string[]): Row[] {
  const all = productFiles(directory).filter(({ path }) => isWithout(without, path));
  const server = all.filter((source) => under('domain')(source) || under('functions')(source));
  const imports = importsIn(directory).filter(({ path }) => isWithout(without, path));
  const single = imports.filter(({ importers }) => importers.length === 1);
  const arrows = backwardArrows(imports);
  const api = readFileSync(join(directory, 'docs/api.md'), 'utf8');
  const routes = [...api.matchAll(/^\| `(?:GET|POST|PUT|PATCH|DELETE) (\/[^`]*)`/gm)].map(
    ([, path = '']) => path,
  );
  const kinds = sum(all.filter(under('domain')), kindsIn);
  const declaring = sum(all.filter(under('domain')), declaringLines);
  const architecture = readFileSync(join(directory, 'docs/architecture.md'), 'utf8');
  const required = all
    .filter(under('functions'))
    .flatMap(({ path, lines }) =>
      lines.flatMap((line, index) => (/\brequired\(/.test(line) ? [`${path}:${index + 1}`] : [])),
    );
  return [
    ['routes of the API', routes.filter((path) => isWithout(without, path))],
    ['kinds of items', kinds],
    ['product files', all.map(({ path }) => path)],
    ['  of at most 40 lines', all.filter(({ lines }) => lines.length <= 40).map(({ path }) => path)],
    ['files that one other imports', single.map(({ path }) => path)],
    ['  and load only on demand', single.flatMap(({ path, isOnDemand }) => (isOnDemand ? [path] : []))],
    [
      '  and belong to another layer than it',
      single.flatMap(({ path, importers: [importer = ''] }) =>
        layerOf(path) === layerOf(importer) ? [] : [path],
      ),
    ],
    ['lines in domain and functions', sum(server, ({ lines }) => lines.length)],
    ['  of code', sum(server, ({ lines }) => lines.filter(isCode).length)],
    ['lines that declare items', declaring],
    ['  per kind', Math.round((declaring / kinds) * 10) / 10],
    ['required( in functions', required],
    [
      'casts outside boundaries',
      all.flatMap((source) => Array.from({ length: castsIn(source).other }, () => source.path)),
    ],
    ['  at boundaries', sum(all, (source) => castsIn(source).named)],
    ['any', sum(all, anysIn)],
    ['arrows back between folders of domain', arrows],
    ['  to or from the list of nouns', arrows.filter((arrow) => /domain\/nouns\b/.test(arrow))],
    ['comment lines over 110 columns in domain', all.filter(under('domain')).flatMap(longComments)],
    ['  in all of the product', all.flatMap(longComments)],
    ['words of docs/architecture.md', architecture.trim().split(/\s+/).length],
  ];
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { list: { type: 'string' }, without: { type: 'string', default: '' } },
});
const [commit] = positionals;
const without = values.without.split(',').filter((name) => name !== '');
const rows =
  commit === undefined
    ? rowsOf(join(import.meta.dirname, '../..'), without)
    : await withSourcesOf(commit, (directory) => rowsOf(directory, without));
const [, listed] = rows.find(([name]) => name.trim() === values.list) ?? [];
if (values.list === undefined)
  console.log(
    table([
      ['figure', commit ?? 'today'],
      ...rows.map(([name, counted]) => [
        name,
        String(typeof counted === 'number' ? counted : counted.length),
      ]),
    ]),
  );
else console.log(typeof listed === 'object' ? listed.join('\n') : `"${values.list}" has no list.`);
