import type { OrganizationId } from '../../ids.ts';
import { entityOf, type Stored } from '../../table/entity.ts';
import { find } from '../../table/reads.ts';
import type { OrganizationScope } from '../../table/scope.ts';
import { tryTransact, write } from '../../table/transaction.ts';
import { adjust, create, replace } from '../../table/writes.ts';
import { CheckpointItem, NewestCheckpointItem } from '../audit-checkpoint.noun.ts';
import { type Sealed, sealTrail } from '../seal-trail.ts';
import { checkpointText } from '../tree/checkpoint.ts';
import { toBase64 } from '../tree/hash.ts';
import type { Anchors, Notary } from './notary.ts';

/** What taking checkpoints needs beside the trail. */
export interface CheckpointTools {
  readonly notary: Notary;
  readonly anchors: Anchors;
}

export type Newest = Stored<typeof NewestCheckpointItem>;

/** What became of a trail's checkpoint. */
export interface Taken {
  /** Null for a trail without entries. */
  readonly newest: Newest | null;
  /** Why the trail couldn't be sealed: somebody changed it. */
  readonly broken: Sealed['broken'];
  /** Whether all of the trail is sealed; otherwise another run goes on. */
  readonly isAll: boolean;
}

const digits = 12;
/** A size or a number as keys have it, which sort by text. */
export const placeOf = (count: number): string => String(count).padStart(digits, '0');

/** Where a checkpoint is in the locked bucket. */
const anchorOf = (organizationId: OrganizationId, place: string): string =>
  `${organizationId}/checkpoints/${place}`;

/**
 * Seals a trail, signs a checkpoint if it has grown since the last one, and anchors what isn't yet. A trail
 * that hasn't grown costs its reads only. Where the key or the bucket can't be reached the trail is sealed
 * all the same; the next run signs and anchors what was missed.
 */
export async function takeCheckpoint(
  scope: OrganizationScope,
  { notary, anchors }: CheckpointTools,
  now: Date,
): Promise<Taken> {
  const { size, root, isAll, broken } = await sealTrail(scope, now);
  const known = await find(scope, NewestCheckpointItem, {});
  const grown = { size, root: toBase64(root), time: now.toISOString() };
  const newest = size > (known?.size ?? 0) ? await sign(scope, notary, known, grown) : known;
  const anchored = newest === null ? null : await anchorAll(scope, anchors, newest);
  return { newest: anchored, broken, isAll };
}

/** Signs the next checkpoint and stores it. Another one's is taken where two sign at once. */
async function sign(
  scope: OrganizationScope,
  notary: Notary,
  known: Newest | null,
  { size, root, time }: Pick<Newest, 'size' | 'root' | 'time'>,
): Promise<Newest | null> {
  const number = (known?.number ?? 0) + 1;
  const origin = `${notary.name}/${scope.organizationId}`;
  const text = checkpointText({ origin, size, root: fromText(root), number, time });
  const [note, key] = await Promise.all([notary.sign(text), notary.key()]);
  const newest = { size, root, number, time, note, key, anchored: known?.anchored ?? 0 };
  const refused = await tryTransact(scope, [
    create(scope, CheckpointItem, { place: placeOf(size), size, number, note }),
    replace(scope, NewestCheckpointItem, newest, {
      where: (item, { eq, notExists }) =>
        known === null ? notExists(item.number) : eq(item.number, known.number),
    }),
  ]);
  return refused === null
    ? { ...newest, organizationId: scope.organizationId }
    : await find(scope, NewestCheckpointItem, {});
}

const fromText = (root: string): Uint8Array => Uint8Array.from(Buffer.from(root, 'base64'));

/** Puts the checkpoints that aren't there yet into the locked bucket, oldest first. */
async function anchorAll(scope: OrganizationScope, anchors: Anchors, newest: Newest): Promise<Newest> {
  const { size, anchored } = newest;
  if (anchored >= size) return newest;
  for (const { place, note } of await checkpointsBetween(scope, { from: anchored + 1, to: size }))
    await anchors.put(anchorOf(scope.organizationId, place), note);
  const moved = adjust(
    scope,
    NewestCheckpointItem,
    {},
    { set: { anchored: size }, where: (item, { lt }) => lt(item.anchored, size) },
  );
  await write(scope, moved);
  return { ...newest, anchored: size };
}

/** A trail's checkpoints of sizes between two, both included, in their order: all, or the first ones. */
export async function checkpointsBetween(
  { organizationId, client, table }: OrganizationScope,
  { from, to, limit }: { readonly from: number; readonly to: number; readonly limit?: number },
): Promise<Stored<typeof CheckpointItem>[]> {
  const { data } = await entityOf(CheckpointItem)
    .query.primary({ organizationId })
    .between({ place: placeOf(from) }, { place: placeOf(to) })
    .go({
      client,
      table,
      consistent: true,
      ...(limit === undefined ? { pages: 'all' } : { limit, pages: 1 }),
    });
  return data;
}
