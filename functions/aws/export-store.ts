import type { S3Client } from '@aws-sdk/client-s3';
import type { ExportStore } from '../../domain/departure/archive.ts';

let client: S3Client | undefined;

// Loaded on first use: most runs have nothing to export.
async function load() {
  const sdk = await import('@aws-sdk/client-s3');
  // The manifest contains the hash of each file; S3's own checksums would turn the body into a stream.
  client ??= new sdk.S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED' });
  return { ...sdk, client };
}

/** An S3 bucket for exports: large objects in parts, and records of their progress. */
export const exportStore = (bucket: string): ExportStore => ({
  async begin(key) {
    const { client, CreateMultipartUploadCommand } = await load();
    const begun = new CreateMultipartUploadCommand({
      Bucket: bucket,
      Key: key,
      ContentType: 'application/zip',
    });
    const { UploadId } = await client.send(begun);
    if (UploadId === undefined) throw new Error('S3 began an upload without an id');
    return UploadId;
  },
  async part(key, upload, number, bytes) {
    const { client, UploadPartCommand } = await load();
    const { ETag } = await client.send(
      new UploadPartCommand({ Bucket: bucket, Key: key, UploadId: upload, PartNumber: number, Body: bytes }),
    );
    if (ETag === undefined) throw new Error('S3 took a part without a tag');
    return ETag;
  },
  async finish(key, upload, tags) {
    const { client, CompleteMultipartUploadCommand } = await load();
    const Parts = tags.map((ETag, at) => ({ ETag, PartNumber: at + 1 }));
    const all = { Bucket: bucket, Key: key, UploadId: upload, MultipartUpload: { Parts } };
    await client.send(new CompleteMultipartUploadCommand(all));
  },
  async keep(key, text) {
    const { client, PutObjectCommand } = await load();
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text }));
  },
  async kept(key) {
    const { client, GetObjectCommand, NoSuchKey } = await load();
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return (await Body?.transformToString()) ?? null;
    } catch (error) {
      if (error instanceof NoSuchKey) return null;
      throw error;
    }
  },
});
