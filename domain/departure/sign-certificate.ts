import type { Notary } from '../audit/checkpoints/notary.ts';
import { sha256 } from '../audit/sha256.ts';
import { toBase64, utf8 } from '../audit/tree/hash.ts';
import type { OrganizationId } from '../ids.ts';
import { find } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import type { Certificate } from './departure.schema.ts';
import { RemovalItem } from './removal.noun.ts';

/**
 * Signs the certificate of a deletion, whose text stands in the table, where only the deletion writes it:
 * nobody has anything else signed by this. The note is three lines, and no checkpoint.
 */
export async function signCertificate(
  platform: OrganizationScope,
  departing: OrganizationId,
  notary: Notary,
): Promise<Omit<Certificate, 'text'>> {
  const text = (await find(platform, RemovalItem, { departing }))?.text;
  if (text === undefined) throw new Error(`nothing to certify of ${departing}`);
  const hash = toBase64(sha256(utf8(text)));
  const [note, key] = await Promise.all([
    notary.sign(`${notary.name}/departures\ncertificate ${departing}\nsha256 ${hash}\n`),
    notary.key(),
  ]);
  return { note, key };
}
