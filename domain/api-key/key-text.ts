import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { OrganizationId } from '../ids.ts';
import { ApiKeyId } from './api-key.schema.ts';

/**
 * A key's format: `mtcms_<stage>_<organization>_<key>_<secret><checksum>`. It contains the organization,
 * since that starts the partition key of its hash. The ids are ULIDs and not secret. The checksum
 * distinguishes a truncated or mistyped key from a revoked one without a read; secret scanners use it, too.
 */
interface KeyText {
  readonly organizationId: OrganizationId;
  readonly apiKeyId: ApiKeyId;
  /** SHA-256 of the secret, base64url. */
  readonly hash: string;
}

const secretBytes = 32;
const ulid = '[0-9A-HJKMNP-TV-Z]{26}';
// 32 bytes as 64 hexadecimal digits: longer than base64url, but a double click selects all of it.
const pattern = new RegExp(`^mtcms_([a-z][a-z0-9]*)_(${ulid})_(${ulid})_([0-9a-f]{64})([0-9a-f]{8})$`);

/** Whether a bearer token looks like an API key, valid or not. */
export const looksLikeKey = (token: string): boolean => token.startsWith('mtcms_');

const checksumOf = (text: string): string => crc32(text).toString(16).padStart(8, '0');
const hashOf = (secret: string): string => createHash('sha256').update(secret, 'hex').digest('base64url');

/** Creates a new key, and what is stored of it. */
export function newKeyText(
  stage: string,
  { organizationId, apiKeyId }: Pick<KeyText, 'organizationId' | 'apiKeyId'>,
): { readonly text: string; readonly hash: string; readonly ending: string } {
  const secret = randomBytes(secretBytes).toString('hex');
  const ids = [organizationId.slice('org_'.length), apiKeyId.slice('key_'.length)];
  const whole = ['mtcms', stage, ...ids, secret].join('_');
  const checksum = checksumOf(whole);
  return { text: `${whole}${checksum}`, hash: hashOf(secret), ending: checksum.slice(-4) };
}

/** Parses a key of this stage; null if truncated, mistyped or of another stage. */
export function readKeyText(stage: string, text: string): KeyText | null {
  const [, ofStage, organization = '', key = '', secret = '', checksum] = pattern.exec(text) ?? [];
  if (ofStage !== stage || checksumOf(text.slice(0, -8)) !== checksum) return null;
  return {
    organizationId: OrganizationId.parse(`org_${organization}`),
    apiKeyId: ApiKeyId.parse(`key_${key}`),
    hash: hashOf(secret),
  };
}

/** Compares two hashes in constant time. */
export const isSameHash = (one: string, other: string): boolean => {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
};
