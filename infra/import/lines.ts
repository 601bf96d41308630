import type { Readable } from 'node:stream';
import { ImportProblem } from './import-problem.ts';

/** Convex keeps no document above 1 MiB; with escapes its line stays below this many characters. */
const longest = 16_000_000;

/** The lines of a text with their numbers, empty ones left out. Holds one line at a time, whatever the file's size. */
export async function* linesOf(stream: Readable, name: string): AsyncGenerator<[line: number, text: string]> {
  stream.setEncoding('utf8');
  let line = 0;
  let rest = '';
  for await (const chunk of stream) {
    const [first = '', ...more] = String(chunk).split('\n');
    rest += first;
    for (const next of more) {
      line += 1;
      if (rest.trim() !== '') yield [line, rest.trim()];
      rest = next;
    }
    if (rest.length > longest)
      throw new ImportProblem(
        `${name}, line ${line + 1} is longer than ${longest / 1_000_000} million characters: no Convex document is. Is this an export?`,
      );
  }
  if (rest.trim() !== '') yield [line + 1, rest.trim()];
}
