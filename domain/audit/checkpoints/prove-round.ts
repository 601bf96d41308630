import * as z from 'zod/mini';
import { OrganizationId } from '../../ids.ts';
import { find } from '../../table/reads.ts';
import type { OrganizationScope } from '../../table/scope.ts';
import { write } from '../../table/transaction.ts';
import { replace } from '../../table/writes.ts';
import { NewestRoundItem, OwnRoundItem, RoundItem } from '../audit-checkpoint.noun.ts';
import { sha256 } from '../sha256.ts';
import { canonical } from '../tree/canonical.ts';
import { append, emptyFrontier, rootOf } from '../tree/frontier.ts';
import { toBase64 } from '../tree/hash.ts';
import { inclusionProof, type SubtreeSource } from '../tree/proofs.ts';
import { hashOf, membersAt } from './keep-round.ts';
import type { Anchors } from './notary.ts';

const Member = z.strictObject({ organizationId: OrganizationId, root: z.string(), size: z.number() });

/**
 * Stores an organization's proof that its shard's newest round contains its checkpoint, for its proof
 * files. It learns nothing else of the round: hashes reveal nothing about other organizations.
 */
export async function proveRound(
  scope: OrganizationScope,
  platform: OrganizationScope,
  anchors: Anchors,
  shard: number,
): Promise<void> {
  const newest = await find(platform, NewestRoundItem, { shard: String(shard) });
  if (newest === null) return;
  const round = await find(platform, RoundItem, { place: newest.place });
  if (round?.note === undefined) return;
  const lines = (await anchors.read(membersAt(newest.place))).split('\n').filter((line) => line !== '');
  const members = lines.map((line) => Member.parse(JSON.parse(line)));
  const index = members.findIndex(({ organizationId }) => organizationId === scope.organizationId);
  const member = members[index];
  if (member === undefined) return;
  const hashes = members.map(hashOf);
  const source: SubtreeSource = async ({ level, index: at }) =>
    rootOf(append(emptyFrontier, hashes.slice(at * 2 ** level, (at + 1) * 2 ** level), sha256), sha256);
  const memberProof = await inclusionProof(source, { leaf: index, size: hashes.length }, sha256);
  const line = canonical({
    round: {
      checkpoint: round.note,
      index,
      leaf: round.leaf,
      member,
      memberProof: memberProof.map(toBase64),
      proof: round.proof,
    },
  });
  await write(scope, replace(scope, OwnRoundItem, { line }));
}
