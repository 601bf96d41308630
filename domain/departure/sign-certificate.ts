import type { Notary } from '../audit/checkpoints/notary.ts';
import { sha256 } from '../audit/sha256.ts';
import { toBase64, utf8 } from '../audit/tree/hash.ts';
import type { OrganizationId } from '../ids.ts';
import { find } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import type { Certificate } from './departure.schema.ts';
import { RemovalItem } from './removal.noun.ts';

/**
 * Signs a deletion's certificate, whose text is read from the table, where only the deletion may write it,
 * so that nothing else can be signed this way. The note has three lines and isn't a checkpoint.
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
