import { ImportProblem } from './import-problem.ts';

/** Convex keeps no document above 1 MiB; with escapes its line stays below this many bytes. */
const longest = 16_000_000;
const lineBreak = 10;

/**
 * The lines of a text with their numbers, empty ones left out. Holds one line at a time, whatever the file's
 * size.
 */
export async function* linesOf(
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
