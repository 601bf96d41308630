import * as z from 'zod/mini';
import type { LatestCheckpoint } from '../../../domain/audit/checkpoints/checkpoint.schema.ts';
import { fromBase64, type Hash } from '../../../domain/audit/tree/hash.ts';
import { verifyConsistency } from '../../../domain/audit/tree/verify.ts';
import type { OrganizationId } from '../../../domain/ids.ts';

const Seen = z.object({
  size: z.number(),
  root: z.string(),
  time: z.string(),
  note: z.string(),
  key: z.string(),
});
/** A checkpoint that this browser has seen. */
export type Seen = z.infer<typeof Seen>;

const nameOf = (organizationId: OrganizationId): string => `audit-witness:${organizationId}`;

/** The last checkpoint of an organization that this browser has seen and verified; null if none. */
export function seenCheckpoint(organizationId: OrganizationId): Seen | null {
  try {
    return Seen.parse(JSON.parse(localStorage.getItem(nameOf(organizationId)) ?? 'null'));
  } catch {
    return null;
  }
}

function keep(organizationId: OrganizationId, seen: Seen): void {
  try {
    localStorage.setItem(nameOf(organizationId), JSON.stringify(seen));
  } catch {
    // Without storage the browser can't be a witness, but the page still works.
  }
}

/** How the current state contradicts what this browser has seen. */
type Contradiction = 'cut_tail' | 'split' | 'other_key' | 'bad_signature';

/** What this browser has seen, and whether the newest checkpoint is consistent with it. */
export interface Witnessed {
  readonly seen: Seen | null;
  readonly contradiction: Contradiction | null;
}

const hash = (text: string): Hash => fromBase64(text) ?? new Uint8Array();
const digest = async (data: Uint8Array<ArrayBuffer>) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', data));

async function contradictionOf(
  seen: Seen | null,
  { checkpoint, consistency }: LatestCheckpoint,
): Promise<Contradiction | null> {
  if (checkpoint === null) return seen === null ? null : 'cut_tail';
  // biome-ignore lint/correctness/useImportExtensions: its types are in a file of their own
  const { readCheckpoint } = await import('../../public/audit-verify.mjs');
  const { isSigned, size, root } = await readCheckpoint(checkpoint.note, checkpoint.key);
  if (!isSigned || size !== checkpoint.size || root !== checkpoint.root) return 'bad_signature';
  if (seen === null) return null;
  if (seen.key !== checkpoint.key) return 'other_key';
  if (size < seen.size) return 'cut_tail';
  const from = { size: seen.size, root: hash(seen.root) };
  const proof = consistency?.from === seen.size ? consistency.proof.map(hash) : [];
  const continues = await verifyConsistency({ from, to: { size, root: hash(root) }, proof }, digest);
  return continues ? null : 'split';
}

/**
 * Checks the newest checkpoint for consistency with the last one that this browser has seen, and stores it
 * if it is. `ask` receives the tree size from which the server has to prove consistency.
 */
export async function witness(
  organizationId: OrganizationId,
  ask: (from: number | undefined) => Promise<LatestCheckpoint>,
): Promise<Witnessed> {
  const seen = seenCheckpoint(organizationId);
  const latest = await ask(seen?.size);
  const contradiction = await contradictionOf(seen, latest);
  if (contradiction !== null || latest.checkpoint === null) return { seen, contradiction };
  const { size, root, time, note, key } = latest.checkpoint;
  const now = { size, root, time, note, key };
  keep(organizationId, now);
  return { seen: now, contradiction: null };
}
