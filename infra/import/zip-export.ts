import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { ImportProblem } from './import-problem.ts';

/** The files of an export, by path, each readable repeatedly. */
export interface Files {
  readonly paths: readonly string[];
  open(path: string): Promise<AsyncIterable<Uint8Array>>;
  close(): void;
}

/** JSON lines compress to a tenth, never to a thousandth. Small files may compress more. */
const mostInflated = 300;
const smallBytes = 50_000_000;

const stored = 0;
const deflated = 8;
/** What other methods of compression are called (APPNOTE.TXT, 4.4.5). */
const methods: Readonly<Record<number, string>> = {
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'XZ',
  98: 'PPMd',
};

/**
 * The files of a zip. Refuses entries that claim implausible sizes, exceed their claimed size, fail their
 * checksum, or can't be read reliably.
 */
export async function openZip(path: string): Promise<Files> {
  const zip = await openPromise(path, { autoClose: false, lazyEntries: true }).catch(notRead(path));
  const entries = await entriesOf(zip, path);
  return {
    paths: [...entries.keys()],
    async open(name) {
      const [entry, ...more] = entries.get(name) ?? [];
      if (entry === undefined) throw new ImportProblem(`${path} holds no ${name}.`);
      if (more.length > 0)
        throw new ImportProblem(`${path} holds ${name} ${more.length + 1} times. Which one counts?`);
      refuseUnreadable(entry, `${name} in ${path}`);
      const content = await zip.openReadStreamPromise(entry).catch(damaged(name, path));
      return verified(content, entry, damaged(name, path));
    },
    close: () => zip.close(),
  };
}

async function entriesOf(zip: ZipFile, path: string): Promise<Map<string, Entry[]>> {
  const entries = new Map<string, Entry[]>();
  try {
    for await (const entry of zip.eachEntry())
      if (!entry.fileName.endsWith('/'))
        entries.set(entry.fileName, [...(entries.get(entry.fileName) ?? []), entry]);
  } catch (error) {
    notRead(path)(error);
  }
  return entries;
}

const said = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause));

const notRead =
  (path: string) =>
  (cause: unknown): never => {
    throw new ImportProblem(
      `${path} can't be read as a zip file: ${said(cause)}. Was it copied or downloaded as a whole?`,
    );
  };

const damaged =
  (name: string, path: string) =>
  (cause: unknown): never => {
    throw new ImportProblem(
      `${name} in ${path} is damaged (${said(cause)}). Export it again, or copy it once more.`,
    );
  };

function refuseUnreadable(entry: Entry, where: string): void {
  const { compressedSize, uncompressedSize, compressionMethod } = entry;
  if (entry.isEncrypted())
    throw new ImportProblem(`${where} is encrypted. Unpack it, and name the folder instead.`);
  if (compressionMethod !== stored && compressionMethod !== deflated)
    throw new ImportProblem(
      `${where} is compressed by ${methods[compressionMethod] ?? `method ${compressionMethod}`}, and only Deflate is read here. Unpack it, and name the folder instead.`,
    );
  if (uncompressedSize > smallBytes && uncompressedSize > compressedSize * mostInflated)
    throw new ImportProblem(
      `${where} would inflate ${Math.round(uncompressedSize / compressedSize)} times: no export does. It is not read.`,
    );
}

/** The content as a stream, verified against its checksum at the end, which yauzl doesn't do. */
async function* verified(
  content: AsyncIterable<Uint8Array>,
  { crc32: expected }: Entry,
  fail: (cause: unknown) => never,
): AsyncGenerator<Uint8Array> {
  let sum = 0;
  try {
    for await (const bytes of content) {
      sum = crc32(bytes, sum);
      yield bytes;
    }
  } catch (error) {
    fail(error);
  }
  if (sum !== expected) fail(new Error('its checksum is another'));
}
