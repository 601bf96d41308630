/**
 * `npm run compare-openapi -- <before> [<after>]`: prints the differences between two OpenAPI documents,
 * one per line, and exits with 1 if there are any. Each is a file, or a commit whose document is made by
 * that commit's code; `after` defaults to the current sources. `npm run compare-openapi -- <commit>
 * --print` prints a document.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { withSourcesOf } from '../support/sources-of-commit.ts';

const root = join(import.meta.dirname, '../..');

/** The document that the sources in a directory make. */
function documentIn(directory: string): unknown {
  const code =
    "import { openApiDocument } from './functions/http/openapi/document.ts'; const { routes } = await import('./functions/http/routes.ts').catch(() => ({})); console.log(JSON.stringify(openApiDocument(routes)));";
  const parameters = ['--input-type=module-typescript', '--eval', code];
  return JSON.parse(
    execFileSync(process.execPath, parameters, { cwd: directory, maxBuffer: 2 ** 26, encoding: 'utf8' }),
  );
}

const read = (source: string): Promise<unknown> | unknown =>
  existsSync(source) ? JSON.parse(readFileSync(source, 'utf8')) : withSourcesOf(source, documentIn);

const Named = z.array(z.looseObject({ name: z.string() })).min(1);

/** The members of an object or an array by name; named list items, such as tags, also with their order. */
function partsOf(value: object): [string, unknown][] {
  const { data } = Named.safeParse(value);
  if (data === undefined) return Object.entries(value);
  const names = data.map(({ name }) => name);
  return [...data.map((part): [string, unknown] => [part.name, part]), ['order', names.join(', ')]];
}

/** A document as paths and values: `/paths/~1api~1me/get/summary`, a JSON pointer (RFC 6901). */
function placesOf(value: unknown, place = ''): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[place, JSON.stringify(value)]];
  const parts = partsOf(value);
  if (parts.length === 0) return [[place, JSON.stringify(value)]];
  return parts.flatMap(([name, part]) =>
    placesOf(part, `${place}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
}

/** The differences between two documents, as text. The order of names is irrelevant; that of arrays isn't. */
function differences(before: unknown, after: unknown): string[] {
  const [old, current] = [new Map(placesOf(before)), new Map(placesOf(after))];
  const places = [...new Set([...old.keys(), ...current.keys()])].sort();
  return places.flatMap((place) => {
    const [was, is] = [old.get(place), current.get(place)];
    if (was === is) return [];
    if (was === undefined) return [`+ ${place}: ${is}`];
    return [is === undefined ? `- ${place}: ${was}` : `~ ${place}: ${was} -> ${is}`];
  });
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { print: { type: 'boolean', default: false } },
});
const [before, after] = positionals;
if (values.print)
  console.log(JSON.stringify(before === undefined ? documentIn(root) : await read(before), null, 2));
else if (before === undefined) throw new Error('Name a file or a commit to compare with.');
else {
  const found = differences(await read(before), after === undefined ? documentIn(root) : await read(after));
  console.log(found.length === 0 ? 'The documents are the same.' : found.join('\n'));
  process.exitCode = found.length === 0 ? 0 : 1;
}
