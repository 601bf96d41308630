import * as z from 'zod/mini';
import { OrganizationId } from '../../ids.ts';
import { find } from '../../table/reads.ts';
import type { OrganizationScope } from '../../table/scope.ts';
import { tryTransact, write } from '../../table/transaction.ts';
import { adjust, create, replace } from '../../table/writes.ts';
import {
  NewestRoundItem,
  OwnRoundItem,
  RoundItem,
  type RoundLeaf,
  RoundsHeadItem,
} from '../audit-checkpoint.noun.ts';
import { sha256 } from '../sha256.ts';
import { canonical } from '../tree/canonical.ts';
import { checkpointText } from '../tree/checkpoint.ts';
import { append, emptyFrontier, type Frontier, packed, rootOf, unpacked } from '../tree/frontier.ts';
import { type Hash, leafInput, toBase64 } from '../tree/hash.ts';
import { inclusionProof, type SubtreeSource } from '../tree/proofs.ts';
import type { Anchors } from './notary.ts';
import { type CheckpointTools, type Newest, placeOf } from './take-checkpoint.ts';

/** An organization's entry in a round. */
export interface RoundMember {
  readonly organizationId: OrganizationId;
  /** Base64. */
  readonly root: string;
  readonly size: number;
}

export const memberOf = ({ organizationId, root, size }: Newest): RoundMember => ({
  organizationId,
  root,
  size,
});

/** The leaf hash of a member or a round. */
const hashOf = (value: object): Hash => sha256(leafInput(canonical(value)));

/** The keys in the locked bucket of a round's members and of its signed checkpoint. */
const membersAt = (place: string): string => `rounds/${place}.jsonl`;
const noteAt = (place: string): string => `rounds/${place}`;

const attempts = 10;

/**
 * Creates a round: appends to the platform's tree of rounds a leaf that commits to the newest checkpoint of
 * every organization of a shard, then signs and anchors it. No organization's checkpoint and no round can
 * be dropped unnoticed.
 */
export async function keepRound(
  platform: OrganizationScope,
  { notary, anchors }: CheckpointTools,
  {
    shard,
    members,
    now,
  }: { readonly shard: number; readonly members: readonly RoundMember[]; readonly now: Date },
): Promise<RoundLeaf> {
  const sorted = members.toSorted((one, other) => (one.organizationId < other.organizationId ? -1 : 1));
  const hashes = sorted.map(hashOf);
  const root = toBase64(rootOf(append(emptyFrontier, hashes, sha256), sha256));
  const time = now.toISOString();
  const { leaf, frontier } = await appendRound(platform, { count: sorted.length, root, shard, time });
  const place = placeOf(leaf.round);
  await anchors.put(membersAt(place), sorted.map((member) => `${canonical(member)}\n`).join(''));
  const note = await notary.sign(
    checkpointText({
      origin: notary.name,
      size: frontier.size,
      root: rootOf(frontier, sha256),
      number: frontier.size,
      time,
    }),
  );
  await write(platform, adjust(platform, RoundItem, { place }, { set: { note } }));
  const published = adjust(
    platform,
    RoundsHeadItem,
    {},
    // A longer tree already has a newer note, or will get one.
    { set: { note, key: await notary.key() }, where: (head, { eq }) => eq(head.size, frontier.size) },
  );
  await write(platform, published);
  await anchors.put(noteAt(place), note);
  return leaf;
}

/** Appends a round as the next leaf. Shards that append concurrently take turns. */
async function appendRound(platform: OrganizationScope, values: Omit<RoundLeaf, 'round'>) {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const head = await find(platform, RoundsHeadItem, {});
    const before: Frontier = head === null ? emptyFrontier : unpacked(head.size, head.frontier);
    const leaf = { ...values, round: before.size };
    const frontier = append(before, [hashOf(leaf)], sha256);
    const place = placeOf(leaf.round);
    // The proof of the last leaf is the previous right edge, from the bottom up.
    const proof = before.roots.toReversed().map(toBase64);
    const moved = { size: frontier.size, frontier: packed(frontier), note: head?.note, key: head?.key };
    const refused = await tryTransact(platform, [
      create(platform, RoundItem, { place, leaf, proof }),
      replace(platform, NewestRoundItem, { shard: String(values.shard), place }),
      replace(platform, RoundsHeadItem, moved, {
        where: (item, { eq, notExists }) =>
          head === null ? notExists(item.size) : eq(item.size, before.size),
      }),
    ]);
    if (refused === null) return { leaf, frontier };
  }
  throw new Error(`a round could not be kept in ${attempts} attempts`);
}

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
