import { provePart } from '../audit/checkpoints/export-proof.ts';
import type { Stored } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { placeText } from './deliveries.ts';
import type { WebhookItem } from './webhook.noun.ts';
import type { Attempt, LogBucket } from './webhook.schema.ts';

type StoredTarget = Pick<Stored<typeof WebhookItem>, 'url' | 'region' | 'roleArn'>;

/** The bucket of a webhook; undefined if it posts to a URL. */
export function bucketOf({ url, region, roleArn }: StoredTarget): LogBucket | undefined {
  if (region === undefined || roleArn === undefined) return undefined;
  const [name = '', ...prefix] = url.replace('s3://', '').split('/');
  return { name, prefix: prefix.join('/'), region, roleArn };
}

/** A part of an organization's log, as put into a bucket. */
export interface LogObject {
  readonly from: number;
  /** The leaf that follows it. */
  readonly to: number;
  readonly key: string;
  /** A proof file of these leaves, see docs/audit.md. */
  readonly text: string;
  /** The key of the signed checkpoint that proves them, and its note. */
  readonly checkpoint: { readonly key: string; readonly note: string; readonly time: string };
}

/** Puts objects into an organization's bucket. Never throws for errors of the bucket or its role. */
export interface OpenBucket {
  /** @param checksTrust whether to refuse a role that others could use too */
  put(object: LogObject, options: { readonly checksTrust: boolean }): Promise<Omit<Attempt, 'at'>>;
  /** Writes a small object and reads it back. */
  test(key: string): Promise<Omit<Attempt, 'at'>>;
}

/** The key prefix of an organization's objects. */
export const keysOf = (
  { prefix }: LogBucket,
  { organizationId }: Pick<OrganizationScope, 'organizationId'>,
) => `${prefix === '' ? '' : `${prefix}/`}${organizationId}`;

/**
 * The object that begins with a leaf; repeating the upload overwrites the same object. Null while no
 * checkpoint covers the leaf.
 */
export async function logObjectFrom(
  scope: OrganizationScope,
  bucket: LogBucket,
  begin: { readonly from: number; readonly now: Date },
): Promise<LogObject | null> {
  const part = await provePart(scope, begin);
  if (part === null) return null;
  const { from, to, text, note, time } = part;
  const key = `${keysOf(bucket, scope)}/${placeText(from)}-${placeText(to - 1)}`;
  return { from, to, key: `${key}.jsonl`, text, checkpoint: { key: `${key}.checkpoint`, note, time } };
}
