import { find } from '../../table/reads.ts';
import type { OrganizationScope } from '../../table/scope.ts';
import { NewestCheckpointItem, RoundsHeadItem } from '../audit-checkpoint.noun.ts';
import { sha256 } from '../sha256.ts';
import { storedSubtrees } from '../stored-tiles.ts';
import { toBase64 } from '../tree/hash.ts';
import { consistencyProof } from '../tree/proofs.ts';
import type { LatestCheckpoint } from './checkpoint.schema.ts';

/** An audit log's newest checkpoint, with a consistency proof from an earlier size. */
export async function latestCheckpoint(
  scope: OrganizationScope,
  from: number | undefined,
): Promise<LatestCheckpoint> {
  const newest = await find(scope, NewestCheckpointItem, {});
  if (newest === null) return { checkpoint: null, consistency: null };
  const { size, root, number, time, note, key, anchored } = newest;
  const checkpoint = { size, root, number, time, note, key, isAnchored: anchored >= size };
  if (from === undefined || from > size) return { checkpoint, consistency: null };
  const proof = await consistencyProof(storedSubtrees(scope), { from, to: size }, sha256);
  return { checkpoint, consistency: { from, proof: proof.map(toBase64) } };
}

/** The signing key, and the newest checkpoint of the platform's rounds. */
export async function publishedKey(
  platform: OrganizationScope,
): Promise<{ key: string | null; rounds: string | null }> {
  const head = await find(platform, RoundsHeadItem, {});
  return { key: head?.key ?? null, rounds: head?.note ?? null };
}
