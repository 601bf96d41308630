import { createHash } from 'node:crypto';
import { encodeTime } from 'ulid';
import { adoptedEntryPrefix } from '../audit/audit.schema.ts';
import { OrganizationId, TeamId } from '../ids.ts';
import type { LegacyDocument } from './document.ts';

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** `length` characters of Crockford's base 32 that depend on the text alone. */
export function fingerprint(text: string, length: number): string {
  const digest = createHash('sha256').update(text).digest();
  return [...digest.subarray(0, length)].map((byte) => crockford[byte & 31]).join('');
}

/**
 * Shaped as a ULID: the time the document was made at, then its identity. The same document always gets the
 * same id.
 */
const derived = ({ table, id, createdMs }: LegacyDocument) =>
  `${encodeTime(createdMs ?? 0, 10)}${fingerprint(`${table}:${id}`, 16)}`;

export const organizationIdOf = (document: LegacyDocument): OrganizationId =>
  OrganizationId.parse(`org_${derived(document)}`);

export const teamIdOf = (document: LegacyDocument): TeamId => TeamId.parse(`team_${derived(document)}`);

/** The whole line takes part: two logs that share an `_id` are two entries. */
export const entryIdOf = ({ id, text }: LegacyDocument): string =>
  `${adoptedEntryPrefix}${fingerprint(`${id}\n${text}`, 26)}`;
