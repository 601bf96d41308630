import { createHash } from 'node:crypto';
import { type AwsAnswer, xmlAnswer, xmlText } from '../http/aws-answer.ts';
import { AwsError, notImplemented } from '../http/aws-error.ts';
import type { AwsRequest } from '../http/aws-request.ts';
import type { AwsService } from '../http/endpoint.ts';
import type { Authorize } from '../iam/authorizer.ts';
import type { Session } from '../iam/sessions.ts';
import type { ObjectStore } from './object-store.ts';

export interface S3Options {
  readonly authorize: Authorize;
  readonly store: ObjectStore;
}

interface Target {
  readonly bucket: string;
  readonly key: string;
}

/** PutObject, GetObject, HeadBucket and ListObjectsV2, with buckets in the path. */
export const s3 = (options: S3Options): AwsService => ({
  protocol: 'rest-xml',
  async handle(request, caller) {
    const [, bucket = '', ...parts] = request.url.pathname.split('/').map(decodeURIComponent);
    const target = { bucket, key: parts.join('/') };
    const operation = operationOf(request, target);
    await authorize(operation, target, caller, options);
    if (!options.store.hasBucket(bucket))
      throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
    return operations[operation](request, target, options.store);
  },
});

const operations = {
  PutObject: putObject,
  GetObject: getObject,
  HeadBucket: headBucket,
  ListObjectsV2: listObjects,
};
type Operation = keyof typeof operations;

// Parameters that make a PUT or GET of an object another operation, or one that keeps more than bytes.
const unsupported = /^(acl|attributes|legal-hold|partnumber|retention|tagging|uploadid|uploads|versionid)$/i;
const unsupportedHeaders = ['range', 'if-match', 'if-none-match', 'x-amz-copy-source', 'x-amz-tagging'];

function operationOf(request: AwsRequest, { bucket, key }: Target): Operation {
  const { searchParams } = request.url;
  const asks = `${request.method} ${key === '' ? 'bucket' : 'object'}`;
  const strange =
    [...searchParams.keys()].find((name) => unsupported.test(name)) ??
    unsupportedHeaders.find((name) => request.header(name) !== undefined);
  if (bucket === '' || strange !== undefined)
    throw notImplemented('s3', `${asks} with ${strange ?? 'no bucket'}`);
  if (asks === 'PUT object') return 'PutObject';
  if (asks === 'GET object') return 'GetObject';
  if (asks === 'HEAD bucket') return 'HeadBucket';
  if (asks === 'GET bucket' && searchParams.get('list-type') === '2') return 'ListObjectsV2';
  throw notImplemented('s3', asks);
}

/** HeadBucket and ListObjectsV2 both are the action s3:ListBucket. */
async function authorize(operation: Operation, { bucket, key }: Target, caller: Session, options: S3Options) {
  const isObject = operation === 'PutObject' || operation === 'GetObject';
  await options.authorize(caller, {
    action: isObject ? `s3:${operation}` : 's3:ListBucket',
    resource: isObject ? `arn:aws:s3:::${bucket}/${key}` : `arn:aws:s3:::${bucket}`,
  });
}

const etag = (body: Buffer) => `"${createHash('md5').update(body).digest('hex')}"`;

async function putObject(
  request: AwsRequest,
  { bucket, key }: Target,
  store: ObjectStore,
): Promise<AwsAnswer> {
  if (request.header('content-encoding')?.includes('aws-chunked'))
    throw notImplemented('s3', 'PutObject of a stream; give the body as text or bytes');
  await store.put(bucket, key, request.body);
  return { status: 200, headers: { etag: etag(request.body) }, body: '' };
}

async function getObject(_: AwsRequest, { bucket, key }: Target, store: ObjectStore): Promise<AwsAnswer> {
  const body = await store.get(bucket, key);
  return { status: 200, headers: { 'content-type': 'binary/octet-stream', etag: etag(body) }, body };
}

async function headBucket(): Promise<AwsAnswer> {
  return { status: 200, headers: {}, body: '' };
}

async function listObjects({ url }: AwsRequest, { bucket }: Target, store: ObjectStore): Promise<AwsAnswer> {
  const prefix = url.searchParams.get('prefix') ?? '';
  const after = url.searchParams.get('continuation-token') ?? url.searchParams.get('start-after') ?? '';
  if (url.searchParams.get('delimiter')) throw notImplemented('s3', 'ListObjectsV2 with a delimiter');
  const most = Math.min(Number(url.searchParams.get('max-keys') ?? 1000), 1000);
  const found = (await store.list(bucket, prefix)).filter(({ key }) => key > after);
  const page = found.slice(0, most);
  const truncated = found.length > page.length;
  const token = truncated
    ? `<NextContinuationToken>${xmlText(page.at(-1)?.key ?? '')}</NextContinuationToken>`
    : '';
  const contents = page.map(
    ({ key, size, lastModified }) =>
      `<Contents><Key>${xmlText(key)}</Key><LastModified>${lastModified.toISOString()}</LastModified><Size>${size}</Size></Contents>`,
  );
  return xmlAnswer(
    `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${xmlText(bucket)}</Name><Prefix>${xmlText(prefix)}</Prefix>` +
      `<KeyCount>${page.length}</KeyCount><MaxKeys>${most}</MaxKeys><IsTruncated>${truncated}</IsTruncated>${contents.join('')}${token}</ListBucketResult>`,
  );
}
