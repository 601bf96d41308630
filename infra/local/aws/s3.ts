import { createHash } from 'node:crypto';
import type { AwsService } from './http/endpoint.ts';
import {
  type AwsAnswer,
  AwsError,
  type AwsRequest,
  notImplemented,
  xmlAnswer,
  xmlText,
} from './http/messages.ts';
import type { Authorize } from './iam/authorizer.ts';
import type { Session } from './iam/sessions.ts';
import type { AwsResources } from './resources.ts';
import { multipartUploads } from './s3-multipart.ts';
import type { ObjectStore } from './s3-objects.ts';

interface S3Options {
  /** Days of retention of the buckets under Object Lock. */
  readonly locks: Readonly<Record<string, number>>;
  /** Whose all other buckets are. */
  readonly account: string;
  readonly othersBuckets: AwsResources['othersBuckets'];
  readonly authorize: Authorize;
  readonly store: ObjectStore;
}

interface Target {
  readonly bucket: string;
  readonly key: string;
}

/**
 * PutObject, GetObject, DeleteObject, GetObjectRetention, HeadBucket, ListObjectsV2 and multipart uploads,
 * with buckets in the path.
 */
export const s3 = (options: S3Options): AwsService => ({
  protocol: 'rest-xml',
  async handle(request, caller) {
    const [, bucket = '', ...parts] = request.url.pathname.split('/').map(decodeURIComponent);
    const target = { bucket, key: parts.join('/') };
    const operation = operationOf(request, target);
    await authorize(operation, target, caller, options);
    if (!options.store.hasBucket(bucket))
      throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
    refuseElsewhere(request, bucket, options);
    return operations[operation](request, target, options);
  },
});

const etag = (body: Buffer) => `"${createHash('md5').update(body).digest('hex')}"`;
const multipart = multipartUploads(etag);

const operations = {
  PutObject: putObject,
  GetObject: getObject,
  DeleteObject: deleteObject,
  GetObjectRetention: getRetention,
  HeadBucket: headBucket,
  ListObjectsV2: listObjects,
  ...multipart,
};
type Operation = keyof typeof operations;

// Parameters that turn a PUT or GET of an object into another operation.
const unsupported = /^(acl|attributes|legal-hold|tagging|versionid)$/i;
const unsupportedHeaders = ['range', 'if-match', 'x-amz-copy-source', 'x-amz-tagging'];

function operationOf(request: AwsRequest, { bucket, key }: Target): Operation {
  const { searchParams } = request.url;
  const asks = `${request.method} ${key === '' ? 'bucket' : 'object'}`;
  const strange =
    [...searchParams.keys()].find((name) => unsupported.test(name)) ??
    unsupportedHeaders.find((name) => request.header(name) !== undefined);
  if (bucket === '' || strange !== undefined)
    throw notImplemented('s3', `${asks} with ${strange ?? 'no bucket'}`);
  if (searchParams.has('retention') && asks === 'GET object') return 'GetObjectRetention';
  if (searchParams.has('retention')) throw notImplemented('s3', `${asks} with retention`);
  if (searchParams.has('uploads') && asks === 'POST object') return 'CreateMultipartUpload';
  if (searchParams.has('uploadId') && asks === 'PUT object') return 'UploadPart';
  if (searchParams.has('uploadId') && asks === 'POST object') return 'CompleteMultipartUpload';
  if (searchParams.has('uploadId') || searchParams.has('uploads'))
    throw notImplemented('s3', `${asks} of an upload`);
  if (asks === 'PUT object') return 'PutObject';
  if (asks === 'GET object') return 'GetObject';
  if (asks === 'DELETE object') return 'DeleteObject';
  if (asks === 'HEAD bucket') return 'HeadBucket';
  if (asks === 'GET bucket' && searchParams.get('list-type') === '2') return 'ListObjectsV2';
  throw notImplemented('s3', asks);
}

/** A missing bucket counts as the caller's own, so that their policies decide. */
function ownerOf(bucket: string, { role }: Session, { store, othersBuckets }: S3Options) {
  const account = store.hasBucket(bucket) ? othersBuckets[bucket]?.account : role.arn.split(':')[4];
  return account === undefined ? {} : { account };
}

/** HeadBucket and ListObjectsV2 both need s3:ListBucket. */
async function authorize(operation: Operation, { bucket, key }: Target, caller: Session, options: S3Options) {
  const isObject = operation !== 'HeadBucket' && operation !== 'ListObjectsV2';
  // Uploading parts requires the permission to put the object.
  const action = operation in multipart ? 'PutObject' : operation;
  await options.authorize(caller, {
    action: isObject ? `s3:${action}` : 's3:ListBucket',
    resource: isObject ? `arn:aws:s3:::${bucket}/${key}` : `arn:aws:s3:::${bucket}`,
    ...ownerOf(bucket, caller, options),
  });
}

/**
 * Refuses a request for a bucket of another account than `x-amz-expected-bucket-owner` names, or signed for
 * another region.
 */
function refuseElsewhere(
  { header, region }: AwsRequest,
  bucket: string,
  { account, othersBuckets }: S3Options,
): void {
  const place = othersBuckets[bucket];
  const expected = header('x-amz-expected-bucket-owner');
  if (expected !== undefined && expected !== (place?.account ?? account))
    throw new AwsError('AccessDenied', 'Access Denied', 403);
  if (place !== undefined && region !== place.region)
    throw new AwsError(
      'PermanentRedirect',
      'The bucket you are attempting to access must be addressed using the specified endpoint.',
      301,
    );
}

async function putObject(
  request: AwsRequest,
  { bucket, key }: Target,
  { store, locks }: S3Options,
): Promise<AwsAnswer> {
  const condition = request.header('if-none-match');
  if (condition !== undefined && condition !== '*')
    throw notImplemented('s3', `PutObject with If-None-Match: ${condition}`);
  if (request.header('content-encoding')?.includes('aws-chunked'))
    throw notImplemented('s3', 'PutObject of a stream; give the body as text or bytes');
  if (condition === '*' || locks[bucket] !== undefined) {
    const isThere = await store.modified(bucket, key).catch(isAbsent);
    if (isThere && condition === undefined)
      throw notImplemented('s3', 'a second version of an object in a bucket under Object Lock');
    if (isThere)
      throw new AwsError(
        'PreconditionFailed',
        'At least one of the pre-conditions you specified did not hold',
        412,
      );
  }
  await store.put(bucket, key, request.body);
  return { status: 200, headers: { etag: etag(request.body) }, body: '' };
}

/** How long an object is locked by the bucket's default retention. */
async function getRetention(
  _: AwsRequest,
  { bucket, key }: Target,
  { store, locks }: S3Options,
): Promise<AwsAnswer> {
  const days = locks[bucket];
  if (days === undefined)
    throw new AwsError('InvalidRequest', 'Bucket is missing Object Lock Configuration', 400);
  const until = new Date((await store.modified(bucket, key)).getTime() + days * 86_400_000);
  return xmlAnswer(
    `<Retention><Mode>COMPLIANCE</Mode><RetainUntilDate>${until.toISOString()}</RetainUntilDate></Retention>`,
  );
}

async function getObject(
  { url }: AwsRequest,
  { bucket, key }: Target,
  { store }: S3Options,
): Promise<AwsAnswer> {
  const body = await store.get(bucket, key);
  const disposition = url.searchParams.get('response-content-disposition');
  const headers = {
    'content-type': 'binary/octet-stream',
    etag: etag(body),
    ...(disposition === null ? {} : { 'content-disposition': disposition }),
  };
  return { status: 200, headers, body };
}

/** Responds the same whether the object existed or not. Versions aren't kept. */
async function deleteObject(
  _: AwsRequest,
  { bucket, key }: Target,
  { store, locks }: S3Options,
): Promise<AwsAnswer> {
  // As AWS responds to the deletion of a version; without a version it would add a delete marker.
  if (locks[bucket] !== undefined)
    throw new AwsError('AccessDenied', 'Access Denied because object protected by object lock.', 403);
  await store.remove(bucket, key);
  return { status: 204, headers: {}, body: '' };
}

async function headBucket(): Promise<AwsAnswer> {
  return { status: 200, headers: {}, body: '' };
}

async function listObjects(
  { url }: AwsRequest,
  { bucket }: Target,
  { store }: S3Options,
): Promise<AwsAnswer> {
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

/** Undefined for a missing object; other errors are rethrown. */
function isAbsent(error: unknown): undefined {
  if (!(error instanceof AwsError && error.code === 'NoSuchKey')) throw error;
}
