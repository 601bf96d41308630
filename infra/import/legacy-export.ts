import { closeSync, createReadStream, existsSync, globSync, openSync, readSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import {
  type LegacyTable,
  legacyTables,
  objectOf,
  parseExactly,
  type SourceLine,
} from '../../domain/import/document.ts';
import { ImportProblem } from './import-problem.ts';
import { type Files, openZip } from './zip-export.ts';

/** An export that can be read repeatedly, line by line. */
export interface LegacyExport {
  /** Its tables, in import order. */
  readonly tables: readonly LegacyTable[];
  /** Other content, which is ignored. */
  readonly ignored: readonly string[];
  lines(table: LegacyTable): AsyncGenerator<SourceLine>;
  close(): void;
}

/**
 * Opens a zip file, a folder of tables, or a single JSON lines file. `table` names the latter's table;
 * otherwise each line does.
 */
export async function openExport(path: string, table: LegacyTable | undefined): Promise<LegacyExport> {
  if (!existsSync(path)) throw new ImportProblem(`There is no ${path}.`);
  if (statSync(path).isDirectory()) return ofFiles(path, folder(path));
  if (isZip(path)) return ofFiles(path, await openZip(path));
  return table === undefined ? ofMixedLines(path) : ofOneTable(path, table);
}

/** Whether the file exists and starts like a zip. */
export function isZip(path: string): boolean {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false;
  const descriptor = openSync(path, 'r');
  const start = Buffer.alloc(4);
  readSync(descriptor, start);
  closeSync(descriptor);
  return start.equals(Buffer.from('PK\u0003\u0004')) || start.equals(Buffer.from('PK\u0005\u0006'));
}

const folder = (path: string): Files => ({
  paths: globSync('**', { cwd: path, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(path, sep).length).replaceAll(sep, '/'))
    .sort(),
  open: async (name) => bytesOf(join(path, name)),
  close: () => undefined,
});

async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path);
  } catch (error) {
    throw new ImportProblem(`${path} can't be read: ${error instanceof Error ? error.message : error}`);
  }
}

function ofFiles(path: string, files: Files): LegacyExport {
  const top = topFolder(files.paths);
  const fileOf = (table: LegacyTable) => fileOfTable(files.paths, top, table);
  const tables = legacyTables.filter((table) => fileOf(table) !== undefined);
  if (tables.length === 0)
    throw new ImportProblem(
      `${path} holds none of ${legacyTables.map((table) => `${table}/documents.jsonl`).join(', ')}. Is it a Convex export?`,
    );
  const ours = new Set(tables.map(fileOf));
  const others = files.paths.filter((name) => !ours.has(name)).map((name) => withoutTop(name, top));
  return {
    tables,
    ignored: summarised(others.filter((name) => !isBookkeeping(name))),
    async *lines(table) {
      const name = fileOf(table);
      if (name === undefined) return;
      for await (const [line, text] of linesOf(await files.open(name), name)) yield { table, line, text };
    },
    close: () => files.close(),
  };
}

const fileOfTable = (paths: readonly string[], top: string, table: LegacyTable): string | undefined =>
  [`${top}${table}/documents.jsonl`, `${top}${table}.jsonl`].find((name) => paths.includes(name));

/** The folder in which the whole export was packed, with its `/`; empty if the tables are at the top. */
function topFolder(paths: readonly string[]): string {
  if (legacyTables.some((table) => fileOfTable(paths, '', table) !== undefined)) return '';
  const tops = paths.filter((path) => !isOfFileManager(path)).map((path) => path.split('/', 1)[0]);
  const [top, ...more] = new Set(tops);
  return top === undefined || more.length > 0 ? '' : `${top}/`;
}

const withoutTop = (path: string, top: string) => (path.startsWith(top) ? path.slice(top.length) : path);

/** Files that macOS and Windows leave in folders and archives. */
const isOfFileManager = (path: string): boolean =>
  path.startsWith('__MACOSX/') || /(?:^|\/)(?:\.DS_Store|\._[^/]*|Thumbs\.db)$/.test(path);

/** Convex's metadata about an export; nothing that an import misses. */
const isBookkeeping = (path: string): boolean =>
  isOfFileManager(path) ||
  ['README.md', 'generated_schema.jsonl', '_storage/documents.jsonl'].includes(path) ||
  path.startsWith('_tables/') ||
  legacyTables.some((table) => path === `${table}/generated_schema.jsonl`);

/** Other folders by name and number of files: stored files may be many. */
function summarised(paths: readonly string[]): string[] {
  const contents = paths.filter((path) => !path.endsWith('/generated_schema.jsonl'));
  const folders = Map.groupBy(contents, (path) => (path.includes('/') ? `${path.split('/')[0]}/` : path));
  return [...folders].map(([name, { length }]) => (length > 1 ? `${name} (${length} files)` : name)).sort();
}

const ofOneTable = (path: string, table: LegacyTable): LegacyExport => ({
  tables: [table],
  ignored: [],
  async *lines() {
    for await (const [line, text] of linesOf(bytesOf(path), path)) yield { table, line, text };
  },
  close: () => undefined,
});

async function ofMixedLines(path: string): Promise<LegacyExport> {
  const others = new Map<string, number>();
  for await (const [, text] of linesOf(bytesOf(path), path)) {
    const { table, name } = tableOf(text);
    if (table === undefined) others.set(name, (others.get(name) ?? 0) + 1);
  }
  return {
    tables: legacyTables,
    ignored: [...others].map(([name, count]) => `table ${name} (${count} lines)`),
    async *lines(table) {
      for await (const [line, text] of linesOf(bytesOf(path), path)) {
        const read = tableOf(text);
        if (read.table === table) yield { table, line, text: read.text };
      }
    },
    close: () => undefined,
  };
}

/** The table that a line names. Unreadable lines and those without a name count as the first table's. */
function tableOf(text: string): { table?: LegacyTable; name: string; text: string } {
  try {
    const { table: name, ...fields } = objectOf(parseExactly(text));
    if (typeof name !== 'string') return { table: 'organizations', name: '', text };
    const table = legacyTables.find((one) => one === name);
    return { ...(table === undefined ? {} : { table }), name, text: JSON.stringify(fields) };
  } catch {
    return { table: 'organizations', name: '', text };
  }
}

/** Convex limits documents to 1 MiB; with escapes, a line stays below this many bytes. */
const longest = 16_000_000;
const lineBreak = 10;

/**
 * The non-empty lines of a text stream with their numbers. Keeps one line in memory, whatever the file's
 * size.
 */
async function* linesOf(
  stream: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<[line: number, text: string]> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  let parts: Buffer[] = [];
  let length = 0;
  const read = (last: Buffer): string => {
    const bytes = parts.length === 0 ? last : Buffer.concat([...parts, last]);
    [parts, length] = [[], 0];
    try {
      return decoder.decode(bytes).trim();
    } catch {
      throw new ImportProblem(
        `${name}, line ${line} is not UTF-8, so its text can't be read for certain. Export it again, or convert it, for example with iconv -f ISO-8859-1 -t UTF-8.`,
      );
    }
  };
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    let from = 0;
    for (let end = bytes.indexOf(lineBreak); end !== -1; end = bytes.indexOf(lineBreak, from)) {
      const text = read(bytes.subarray(from, end));
      if (text !== '') yield [line, text];
      line += 1;
      from = end + 1;
    }
    parts.push(bytes.subarray(from));
    length += bytes.length - from;
    if (length > longest)
      throw new ImportProblem(
        `${name}, line ${line} is longer than ${longest / 1_000_000} million bytes: no Convex document is. Is this an export?`,
      );
  }
  const text = read(Buffer.alloc(0));
  if (text !== '') yield [line, text];
}
