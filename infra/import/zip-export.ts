import type { Readable } from 'node:stream';
import { type Entry, openPromise } from 'yauzl';
import { ImportProblem } from './import-problem.ts';

/** The files of an export, by path, each to be read as often as needed. */
export interface Files {
  readonly paths: readonly string[];
  open(path: string): Promise<Readable>;
  close(): void;
}

/** JSON lines compress to a tenth; nothing honest to a thousandth. Small files may compress to anything. */
const mostInflated = 300;
const smallBytes = 50_000_000;

/** A zip file's files. An entry that claims to inflate beyond reason is refused, and one that inflates beyond its claim. */
export async function openZip(path: string): Promise<Files> {
  const zip = await openPromise(path, { autoClose: false, lazyEntries: true }).catch((cause: Error) => {
    throw new ImportProblem(`${path} can't be read as a zip file: ${cause.message}`);
  });
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry())
    if (!entry.fileName.endsWith('/')) entries.set(entry.fileName, entry);
  return {
    paths: [...entries.keys()],
    async open(name) {
      const entry = entries.get(name);
      if (entry === undefined) throw new ImportProblem(`${path} holds no ${name}.`);
      const { compressedSize, uncompressedSize } = entry;
      if (uncompressedSize > smallBytes && uncompressedSize > compressedSize * mostInflated)
        throw new ImportProblem(
          `${name} in ${path} would inflate ${Math.round(uncompressedSize / compressedSize)} times: no export does. It is not read.`,
        );
      if (entry.isEncrypted()) throw new ImportProblem(`${name} in ${path} is encrypted. Unpack it first.`);
      return await zip.openReadStreamPromise(entry);
    },
    close: () => zip.close(),
  };
}
