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

/** Dependencies for taking checkpoints. */
export interface CheckpointTools {
  readonly notary: Notary;
  readonly anchors: Anchors;
}

export type Newest = Stored<typeof NewestCheckpointItem>;

/** The outcome for one audit log. */
export interface Taken {
  /** Null for an empty audit log. */
  readonly newest: Newest | null;
  /** Why the log couldn't be sealed: it was tampered with. */
  readonly broken: Sealed['broken'];
  /** Whether the whole log is sealed; otherwise the next run continues. */
  readonly isAll: boolean;
}

const digits = 12;
/** A size or number as part of a key: padded, so that keys sort numerically. */
export const placeOf = (count: number): string => String(count).padStart(digits, '0');

/** The key of a checkpoint in the locked bucket. */
const anchorOf = (organizationId: OrganizationId, place: string): string =>
  `${organizationId}/checkpoints/${place}`;

/**
 * Seals an audit log, signs a checkpoint if it has grown, and anchors pending ones. A log that hasn't grown
 * only costs its reads. If the key or the bucket is unavailable, the log is sealed anyway, and the next run
 * signs and anchors what was missed.
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

/** Signs and stores the next checkpoint; if another process has signed the same one, that is used. */
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

/** Anchors pending checkpoints in the locked bucket, oldest first. */
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

/** An audit log's checkpoints of sizes between two, both inclusive, in order: all, or the first ones. */
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
