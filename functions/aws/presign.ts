import { createHash, createHmac } from 'node:crypto';
import type { OrganizationScope } from '../../domain/table/scope.ts';
import { downloadSettings } from '../settings.ts';

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

interface Presigned {
  readonly bucket: string;
  readonly key: string;
  /** The file name for the browser's download. */
  readonly name: string;
  readonly seconds: number;
  readonly now: Date;
  readonly credentials: Credentials;
  readonly region: string;
  /** A custom S3 endpoint: `AWS_ENDPOINT_URL_S3`. */
  readonly endpoint?: string | undefined;
}

const escaped = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/**
 * A presigned URL: gives anyone access to an object for a limited time, with the signer's permissions.
 * Source: Amazon S3 API Reference, "Authenticating Requests: Using Query Parameters (AWS Signature Version
 * 4)".
 */
export function presignedUrl(of: Presigned): string {
  const { bucket, key, name, seconds, now, credentials, region, endpoint } = of;
  const time = now.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  const scope = `${time.slice(0, 8)}/${region}/s3/aws4_request`;
  const address = new URL(
    endpoint === undefined ? `https://${bucket}.s3.${region}.amazonaws.com/` : `${endpoint}/${bucket}/`,
  );
  const path = `${address.pathname}${key.split('/').map(escaped).join('/')}`;
  const query = [
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    ['X-Amz-Credential', `${credentials.accessKeyId}/${scope}`],
    ['X-Amz-Date', time],
    ['X-Amz-Expires', String(seconds)],
    ...(credentials.sessionToken === undefined ? [] : [['X-Amz-Security-Token', credentials.sessionToken]]),
    ['X-Amz-SignedHeaders', 'host'],
    ['response-content-disposition', `attachment; filename="${name}"`],
  ]
    .map(([field = '', value = '']) => `${escaped(field)}=${escaped(value)}`)
    .toSorted()
    .join('&');
  const request = ['GET', path, query, `host:${address.host}`, '', 'host', 'UNSIGNED-PAYLOAD'].join('\n');
  const hash = createHash('sha256').update(request).digest('hex');
  const key4 = ['aws4_request'].reduce(
    hmac,
    hmac(hmac(hmac(`AWS4${credentials.secretAccessKey}`, time.slice(0, 8)), region), 's3'),
  );
  const signature = hmac(key4, ['AWS4-HMAC-SHA256', time, scope, hash].join('\n')).toString('hex');
  return `${address.origin}${path}?${query}&X-Amz-Signature=${signature}`;
}

/** How long a URL is valid: the credentials that sign it last an hour at most. */
const linkSeconds = 300;

/** The URL of an export, signed with the permissions for this organization only. */
export async function downloadLink(
  { client }: OrganizationScope,
  { key, name, now }: Pick<Presigned, 'key' | 'name' | 'now'>,
): Promise<{ readonly url: string; readonly name: string; readonly expiresAt: string }> {
  const {
    EXPORT_BUCKET_NAME: bucket,
    AWS_REGION: region,
    AWS_ENDPOINT_URL_S3: endpoint,
  } = downloadSettings();
  const credentials = await client.config.credentials();
  const signing = { bucket, key, name, seconds: linkSeconds, now: new Date(), credentials, region, endpoint };
  return {
    url: presignedUrl(signing),
    name,
    expiresAt: new Date(now.getTime() + linkSeconds * 1000).toISOString(),
  };
}
