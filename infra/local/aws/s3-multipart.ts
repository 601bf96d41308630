import { randomUUID } from 'node:crypto';
import { type AwsAnswer, AwsError, type AwsRequest, xmlAnswer, xmlText } from './http/messages.ts';
import type { ObjectStore } from './s3-objects.ts';

interface Target {
  readonly bucket: string;
  readonly key: string;
}

interface Options {
  readonly store: ObjectStore;
}

/** S3's minimum part size, except for the last part. */
const leastPart = 5 * 1024 * 1024;

const folderOf = (upload: string) => `.uploads/${upload}/`;
const partKey = (upload: string, number: string) => `${folderOf(upload)}${number.padStart(5, '0')}`;
const noSuchUpload = () => new AwsError('NoSuchUpload', 'The specified upload does not exist.', 404);

/**
 * CreateMultipartUpload, UploadPart and CompleteMultipartUpload. Parts are objects of the bucket until they
 * are one. Source: Amazon S3 API Reference.
 */
export function multipartUploads(etag: (body: Buffer) => string) {
  async function begun({ store }: Options, { bucket }: Target, upload: string): Promise<void> {
    // An id is part of a path here.
    if (!/^[0-9a-f-]{36}$/.test(upload) || (await store.list(bucket, folderOf(upload))).length === 0)
      throw noSuchUpload();
  }
  return {
    async CreateMultipartUpload(_: AwsRequest, target: Target, { store }: Options): Promise<AwsAnswer> {
      const upload = randomUUID();
      await store.put(target.bucket, `${folderOf(upload)}begun`, target.key);
      return xmlAnswer(
        `<InitiateMultipartUploadResult><Bucket>${xmlText(target.bucket)}</Bucket><Key>${xmlText(target.key)}</Key><UploadId>${upload}</UploadId></InitiateMultipartUploadResult>`,
      );
    },
    async UploadPart({ url, body }: AwsRequest, target: Target, options: Options): Promise<AwsAnswer> {
      const upload = url.searchParams.get('uploadId') ?? '';
      await begun(options, target, upload);
      await options.store.put(target.bucket, partKey(upload, url.searchParams.get('partNumber') ?? ''), body);
      return { status: 200, headers: { etag: etag(body) }, body: '' };
    },
    async CompleteMultipartUpload(
      { url, body }: AwsRequest,
      target: Target,
      options: Options,
    ): Promise<AwsAnswer> {
      const { store } = options;
      const { bucket, key } = target;
      const upload = url.searchParams.get('uploadId') ?? '';
      await begun(options, target, upload);
      const numbers = [...body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber>/g)].map(
        ([, one = '']) => one,
      );
      const parts = await Promise.all(numbers.map((number) => store.get(bucket, partKey(upload, number))));
      if (parts.slice(0, -1).some(({ length }) => length < leastPart))
        throw new AwsError(
          'EntityTooSmall',
          'Your proposed upload is smaller than the minimum allowed size.',
        );
      await store.put(bucket, key, Buffer.concat(parts));
      for (const part of await store.list(bucket, folderOf(upload))) await store.remove(bucket, part.key);
      return xmlAnswer(
        `<CompleteMultipartUploadResult><Bucket>${xmlText(bucket)}</Bucket><Key>${xmlText(key)}</Key></CompleteMultipartUploadResult>`,
      );
    },
  };
}
