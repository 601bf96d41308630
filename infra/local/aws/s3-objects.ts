import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AwsError } from './http/messages.ts';

interface StoredObject {
  readonly key: string;
  readonly size: number;
  readonly lastModified: Date;
}

/** Buckets are folders, objects are files. Metadata isn't kept. */
export interface ObjectStore {
  hasBucket(bucket: string): boolean;
  put(bucket: string, key: string, body: Buffer | string): Promise<void>;
  get(bucket: string, key: string): Promise<Buffer>;
  remove(bucket: string, key: string): Promise<void>;
  /** When an object was put. */
  modified(bucket: string, key: string): Promise<Date>;
  /** In the order of their keys, as S3 lists them. */
  list(bucket: string, prefix: string): Promise<StoredObject[]>;
}

export function createObjectStore(folder: string, buckets: readonly string[]): ObjectStore {
  const fileOf = (bucket: string, key: string) => {
    // Parts of a key become folders, so parts with a meaning of their own in a path are refused.
    if (key.split('/').some((part) => part === '' || part === '.' || part === '..'))
      throw new AwsError('NotImplemented', `The local run can't keep an object under the key "${key}".`, 501);
    return join(folder, bucket, key);
  };
  return {
    hasBucket: (bucket) => buckets.includes(bucket),
    async put(bucket, key, body) {
      const file = fileOf(bucket, key);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, body);
    },
    async get(bucket, key) {
      try {
        return await readFile(fileOf(bucket, key));
      } catch (error) {
        throw isMissing(error) ? noSuchKey() : error;
      }
    },
    async modified(bucket, key) {
      try {
        return (await stat(fileOf(bucket, key))).mtime;
      } catch (error) {
        throw isMissing(error) ? noSuchKey() : error;
      }
    },
    async remove(bucket, key) {
      await rm(fileOf(bucket, key), { force: true });
    },
    async list(bucket, prefix) {
      const root = join(folder, bucket);
      const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(
        (error: unknown) => {
          if (isMissing(error)) return [];
          throw error;
        },
      );
      const objects = entries
        .filter((entry) => entry.isFile())
        .map((entry) => {
          const file = join(entry.parentPath, entry.name);
          return { file, key: file.slice(root.length + 1).replaceAll('\\', '/') };
        })
        .filter(({ key }) => key.startsWith(prefix))
        .sort((a, b) => (a.key < b.key ? -1 : 1));
      return Promise.all(
        objects.map(async ({ file, key }) => {
          const { size, mtime } = await stat(file);
          return { key, size, lastModified: mtime };
        }),
      );
    },
  };
}

const noSuchKey = () => new AwsError('NoSuchKey', 'The specified key does not exist.', 404);

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR');
