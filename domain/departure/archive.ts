import { createHash } from 'node:crypto';
import type { ExportedFile } from './export-format.schema.ts';
import { addFile, closing, emptyZip, type ZipState } from './zip-writer.ts';

/** SHA-256 in hexadecimal. */
export const hashOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

/** A store for archives, written in parts. */
export interface ExportStore {
  /** Starts a multipart upload and returns its id. */
  begin(key: string): Promise<string>;
  /** Uploads a part, numbered from 1, and returns its tag. Uploading it again replaces it. */
  part(key: string, upload: string, number: number, bytes: Buffer): Promise<string>;
  /** Combines the parts into one object. */
  finish(key: string, upload: string, tags: readonly string[]): Promise<void>;
  keep(key: string, text: string): Promise<void>;
  /** The content of a small object; null if missing. */
  kept(key: string): Promise<string | null>;
}

/** The state of an archive, enough to continue in another process. */
export interface ArchiveState {
  readonly upload: string;
  readonly tags: readonly string[];
  readonly zip: ZipState;
  readonly files: readonly ExportedFile[];
  /** Data that doesn't fill a part yet, base64. */
  readonly pending: string;
}

/** S3's minimum part size, except for the last part. Source: Amazon S3 multipart upload limits. */
const leastPart = 5 * 1024 * 1024;

/** A zip archive written to a store in constant memory. */
export class Archive {
  readonly #store: ExportStore;
  readonly #key: string;
  readonly #upload: string;
  readonly #tags: string[];
  readonly files: ExportedFile[];
  #zip: ZipState;
  #pending: Buffer;

  private constructor(store: ExportStore, key: string, state: ArchiveState) {
    [this.#store, this.#key] = [store, key];
    this.#upload = state.upload;
    this.#tags = [...state.tags];
    this.files = [...state.files];
    this.#zip = state.zip;
    this.#pending = Buffer.from(state.pending, 'base64');
  }

  /** Starts an archive or continues one. */
  static async open(store: ExportStore, key: string, state: ArchiveState | undefined): Promise<Archive> {
    const begun = async () => ({
      tags: [],
      files: [],
      zip: emptyZip,
      pending: '',
      upload: await store.begin(key),
    });
    return new Archive(store, key, state ?? (await begun()));
  }

  get state(): ArchiveState {
    const [upload, tags, zip, files] = [this.#upload, this.#tags, this.#zip, this.files];
    return { upload, tags, zip, files, pending: this.#pending.toString('base64') };
  }

  get bytes(): number {
    return this.#zip.offset;
  }

  /** Adds a file of lines. Returns whether a part was uploaded, which is a good time to save the state. */
  async add(path: string, text: string, lines: number): Promise<boolean> {
    const content = Buffer.from(text);
    this.files.push({ path, lines, bytes: content.length, sha256: hashOf(content) });
    return await this.#take(addFile(this.#zip, path, content));
  }

  /** Adds the last file, which isn't listed in the manifest, and completes the object. */
  async finish(path: string, text: string): Promise<void> {
    await this.#take(addFile(this.#zip, path, Buffer.from(text)));
    this.#pending = Buffer.concat([this.#pending, closing(this.#zip)]);
    await this.#put();
    await this.#store.finish(this.#key, this.#upload, this.#tags);
  }

  async #take({ bytes, zip }: { readonly bytes: Buffer; readonly zip: ZipState }): Promise<boolean> {
    this.#zip = zip;
    this.#pending = Buffer.concat([this.#pending, bytes]);
    if (this.#pending.length < leastPart) return false;
    await this.#put();
    return true;
  }

  async #put(): Promise<void> {
    const number = this.#tags.length + 1;
    this.#tags.push(await this.#store.part(this.#key, this.#upload, number, this.#pending));
    this.#pending = Buffer.alloc(0);
  }
}

/** Where an export stores its progress. */
export const workKey = (objectKey: string): string => `${objectKey}.work`;

/** The number of buffered bytes after which lines are written to files. */
const mostBytes = 8_000_000;

/** Buffered lines, one file per kind. */
export class Lines {
  readonly #lines = new Map<string, string[]>();
  #bytes = 0;

  add(kind: string, line: string): void {
    const lines = this.#lines.get(kind) ?? [];
    lines.push(line);
    this.#lines.set(kind, lines);
    this.#bytes += line.length;
  }

  get isFull(): boolean {
    return this.#bytes >= mostBytes;
  }

  /** Writes all buffered lines to files. Returns whether a part was uploaded. */
  async into(archive: Archive): Promise<boolean> {
    const all = [...this.#lines];
    this.#lines.clear();
    this.#bytes = 0;
    let isPut = false;
    for (const [kind, own] of all) {
      const path = `data/${kind}/${String(archive.files.length + 1).padStart(6, '0')}.jsonl`;
      isPut = (await archive.add(path, own.join(''), own.length)) || isPut;
    }
    return isPut;
  }
}
