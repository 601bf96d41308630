import { failureFolders } from '../../events/failure.ts';

/** Failed records waiting to be replayed. */
export interface FailureBucket {
  /** Stores a record for replay. */
  put(key: string, text: string): Promise<void>;
  /** The keys of waiting records in order, read 1,000 at a time. */
  waiting(): AsyncGenerator<string>;
  read(key: string): Promise<string>;
  /** Moves a replayed record out of the way. If interrupted, it is replayed again. */
  close(key: string, text: string): Promise<void>;
}

// Loaded on the first failure, since hardly any invocation has one.
const load = async () => {
  const sdk = await import('@aws-sdk/client-s3');
  return { ...sdk, client: new sdk.S3Client({}) };
};

export function failureBucket(Bucket: string): FailureBucket {
  let loading: ReturnType<typeof load> | undefined;
  const s3 = () => {
    loading ??= load();
    return loading;
  };
  const put = async (Key: string, Body: string) => {
    const { client, PutObjectCommand } = await s3();
    await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: 'application/json' }));
  };
  return {
    put,
    async *waiting() {
      const { client, paginateListObjectsV2 } = await s3();
      const pages = paginateListObjectsV2({ client }, { Bucket, Prefix: failureFolders.waiting });
      for await (const { Contents = [] } of pages)
        for (const { Key } of Contents) if (Key !== undefined) yield Key;
    },
    async read(Key) {
      const { client, GetObjectCommand } = await s3();
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      return (await Body?.transformToString()) ?? '';
    },
    async close(key, text) {
      const { client, DeleteObjectCommand } = await s3();
      await put(`${failureFolders.replayed}${key}`, text);
      await client.send(new DeleteObjectCommand({ Bucket, Key: key }));
    },
  };
}
