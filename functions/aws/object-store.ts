import type { S3Client } from '@aws-sdk/client-s3';

let client: S3Client | undefined;

// Loaded on first use, so that runs without uploads don't pay for the client.
async function load() {
  const sdk = await import('@aws-sdk/client-s3');
  client ??= new sdk.S3Client({});
  return { ...sdk, client };
}

/** Creates an object unless it exists; an existing one is kept, and the call succeeds. */
export async function putOnce(bucket: string, key: string, text: string): Promise<void> {
  const { client, PutObjectCommand } = await load();
  try {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text, IfNoneMatch: '*' }));
  } catch (error) {
    if (!(error instanceof Error && error.name === 'PreconditionFailed')) throw error;
  }
}

export async function readObject(bucket: string, key: string): Promise<string> {
  const { client, GetObjectCommand } = await load();
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  if (Body === undefined) throw new Error(`S3 answered ${key} without a body`);
  return await Body.transformToString();
}
