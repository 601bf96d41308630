import { crc32, deflateRawSync } from 'node:zlib';

/** A file of a zip, as listed in its directory. */
interface ZipEntry {
  readonly path: string;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

/** The state of a zip, enough to continue in another process. */
export interface ZipState {
  readonly offset: number;
  readonly entries: readonly ZipEntry[];
}

export const emptyZip: ZipState = { offset: 0, entries: [] };

const most = 0xffff_ffff;
const version = 45;
/** File names are UTF-8 (APPNOTE.TXT, 4.4.4, bit 11). */
const flags = 0x0800;
const deflated = 8;
/** January 1, 1980, the earliest date in a zip; fixed, so that exports are reproducible. */
const day = 0x0021;

function block(...fields: readonly (readonly [bytes: 2 | 4 | 8, value: number])[]): Buffer {
  const buffer = Buffer.alloc(fields.reduce((sum, [bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [bytes, value] of fields) {
    if (bytes === 2) buffer.writeUInt16LE(value, at);
    else if (bytes === 4) buffer.writeUInt32LE(value, at);
    else buffer.writeBigUInt64LE(BigInt(value), at);
    at += bytes;
  }
  return buffer;
}

/**
 * Adds a file; returns its bytes and the zip's new state. The file must fit into memory, the zip needn't.
 * Source: PKWARE's APPNOTE.TXT 6.3.10.
 */
export function addFile(zip: ZipState, path: string, content: Buffer): { bytes: Buffer; zip: ZipState } {
  const packed = deflateRawSync(content);
  const name = Buffer.from(path);
  const entry = {
    path,
    crc: crc32(content),
    packed: packed.length,
    size: content.length,
    offset: zip.offset,
  };
  const head = block([4, 0x0403_4b50], [2, version], [2, flags], [2, deflated], [2, 0], [2, day]);
  const sizes = block([4, entry.crc], [4, entry.packed], [4, entry.size], [2, name.length], [2, 0]);
  const bytes = Buffer.concat([head, sizes, name, packed]);
  return { bytes, zip: { offset: zip.offset + bytes.length, entries: [...zip.entries, entry] } };
}

/** The end of a zip: its directory in the zip64 format, which all current readers support. */
export function closing({ offset, entries }: ZipState): Buffer {
  const directory = Buffer.concat(entries.map(directoryEntry));
  const count = entries.length;
  const large = Buffer.concat([
    block([4, 0x0606_4b50], [8, 44], [2, version], [2, version], [4, 0], [4, 0]),
    block([8, count], [8, count], [8, directory.length], [8, offset]),
    block([4, 0x0706_4b50], [4, 0], [8, offset + directory.length], [4, 1]),
  ]);
  const shown = Math.min(count, 0xffff);
  const at = Math.min(offset, most);
  const end = block(
    [4, 0x0605_4b50],
    [2, 0],
    [2, 0],
    [2, shown],
    [2, shown],
    [4, directory.length],
    [4, at],
    [2, 0],
  );
  return Buffer.concat([directory, large, end]);
}

function directoryEntry({ path, crc, packed, size, offset }: ZipEntry): Buffer {
  const name = Buffer.from(path);
  const isFar = offset > most;
  const far = isFar ? block([2, 1], [2, 8], [8, offset]) : Buffer.alloc(0);
  return Buffer.concat([
    block([4, 0x0201_4b50], [2, version], [2, version], [2, flags], [2, deflated], [2, 0], [2, day]),
    block(
      [4, crc],
      [4, packed],
      [4, size],
      [2, name.length],
      [2, far.length],
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
    ),
    block([4, isFar ? most : offset]),
    name,
    far,
  ]);
}
