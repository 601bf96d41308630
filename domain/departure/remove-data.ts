import { requireRequest } from '../approval/find-approval.ts';
import type { OrganizationId } from '../ids.ts';
import { kindOf } from '../nouns.ts';
import type { Stored } from '../table/entity.ts';
import { find, findAll } from '../table/reads.ts';
import {
  type ControlPlane,
  type OrganizationScope,
  platformScope,
  withinOrganization,
} from '../table/scope.ts';
import { countIn, deleteItems, keyOfItem, pagesOf } from '../table/stored-items.ts';
import { write } from '../table/transaction.ts';
import { adjust, erase, replace } from '../table/writes.ts';
import { type LinkPerson, sendUnlinks } from '../user/unlink-outbox.ts';
import type { Departure } from './departure.schema.ts';
import { partitionsOf } from './partitions.ts';
import { RemovalItem, RemovalListItem } from './removal.noun.ts';

/** Dependencies of deleting. */
export interface RemovalTools {
  readonly plane: ControlPlane;
  /** Removes the organization from a user at the identity provider. */
  readonly link: LinkPerson;
  readonly clock: () => Date;
  /** When to stop and leave the rest to the next run. */
  readonly until: Date;
}

export type Removal = Stored<typeof RemovalItem>;

const perList = 500;
const atOnce = 25;
/** The users still to be unlinked, until the identity provider was informed. */
const outbox = (organizationId: OrganizationId) => `${organizationId}#forgetting`;

const numberOf = (list: number): string => String(list).padStart(6, '0');

/** Stores the list of all partitions, once; from then on, that list is deleted and counted. */
export async function removalOf(departing: OrganizationId, { plane, clock }: RemovalTools): Promise<Removal> {
  const platform = platformScope(plane);
  const known = await find(platform, RemovalItem, { departing });
  if (known !== null) return known;
  const all = await partitionsOf(withinOrganization(plane, departing), clock());
  const lists = Math.ceil(all.length / perList);
  for (let list = 0; list < lists; list += 1) {
    const partitions = all.slice(list * perList, (list + 1) * perList);
    await write(
      platform,
      replace(platform, RemovalListItem, { departing, number: numberOf(list), partitions }),
    );
  }
  const values = { departing, next: 0, lists, deleted: {}, leasedUntil: '' };
  await write(platform, replace(platform, RemovalItem, values));
  return { ...values, organizationId: platform.organizationId };
}

/** Every deletion that isn't forgotten yet: few. */
export const removals = (platform: OrganizationScope): Promise<Removal[]> => findAll(platform, RemovalItem);

export const noteRemoval = async (
  platform: OrganizationScope,
  { departing }: Pick<Removal, 'departing'>,
  set: {
    next?: number;
    deleted?: Removal['deleted'];
    emptySince?: string | null;
    leasedUntil?: string;
    text?: string | null;
  },
): Promise<void> => {
  await write(platform, adjust(platform, RemovalItem, { departing }, { set }));
};

/**
 * The partitions of a list. Throws for a foreign partition: with rights to delete any organization's items,
 * a stored list alone isn't trusted.
 */
async function listed(
  platform: OrganizationScope,
  departing: OrganizationId,
  list: number,
): Promise<readonly string[]> {
  const found = await find(platform, RemovalListItem, { departing, number: numberOf(list) });
  if (found === null) throw new Error(`a list of partitions of ${departing} is missing`);
  if (!found.partitions.every((partition) => partition.startsWith(`${departing}#`)))
    throw new Error(`a list of partitions of ${departing} names others`);
  return found.partitions;
}

/** Throws unless two super admins have approved exactly this deletion; a stage alone isn't enough. */
export async function assertApproved(platform: OrganizationScope, departure: Departure): Promise<void> {
  const { organizationId, approvalId } = departure;
  if (approvalId === undefined) throw new Error(`nobody approved deleting ${organizationId}`);
  const { kind, status, input } = await requireRequest(platform, approvalId);
  if (
    kind !== 'organization.remove-data' ||
    status !== 'carried_out' ||
    input.organizationId !== organizationId
  )
    throw new Error(`${approvalId} doesn't approve deleting ${organizationId}`);
}

/** Deletes a partition's items and counts them by kind. Returns whether time was up before the end. */
async function emptied(
  scope: OrganizationScope,
  partition: string,
  deleted: Map<string, number>,
  isOver: () => boolean,
): Promise<boolean> {
  for await (const { items } of pagesOf(scope, partition)) {
    for (let from = 0; from < items.length; from += atOnce)
      await deleteItems(scope, items.slice(from, from + atOnce));
    for (const item of items) {
      const kind = kindOf(keyOfItem(item))?.name ?? 'unknown';
      deleted.set(kind, (deleted.get(kind) ?? 0) + 1);
    }
    if (isOver()) return true;
  }
  return false;
}

/** Deletes the rest of all partitions except the outbox. Returns whether time was up before the end. */
export async function deleteAll(removal: Removal, tools: RemovalTools): Promise<boolean> {
  const { plane, clock, until } = tools;
  const platform = platformScope(plane);
  const { departing, lists } = removal;
  const scope = withinOrganization(plane, departing);
  const deleted = new Map(Object.entries(removal.deleted));
  const isOver = () => clock() >= until;
  for (let next = removal.next; next < lists; next += 1) {
    let stops = false;
    for (const partition of await listed(platform, departing, next))
      if (partition !== outbox(departing) && !stops) stops = await emptied(scope, partition, deleted, isOver);
    await noteRemoval(platform, removal, {
      next: stops ? next : next + 1,
      deleted: Object.fromEntries(deleted),
    });
    if (stops) return true;
  }
  return false;
}

/** Unlinks the organization's users at the identity provider. Returns whether all are unlinked. */
export async function unlinkAll(departing: OrganizationId, { plane, link }: RemovalTools): Promise<boolean> {
  const scope = withinOrganization(plane, departing);
  const waiting = await countIn(scope, outbox(departing));
  return (await sendUnlinks(scope, link)) === waiting;
}

/** The number of items an organization still has, in all stored partitions. */
export async function countAll({ departing, lists }: Removal, { plane }: RemovalTools): Promise<number> {
  const platform = platformScope(plane);
  const scope = withinOrganization(plane, departing);
  let count = 0;
  for (let list = 0; list < lists; list += 1)
    for (const partition of await listed(platform, departing, list)) count += await countIn(scope, partition);
  return count;
}

/** Deletes the progress of a finished deletion, which its certificate replaces. */
export async function forgetRemoval(removal: Removal, { plane }: RemovalTools): Promise<void> {
  const platform = platformScope(plane);
  const { departing, lists } = removal;
  for (let list = 0; list < lists; list += 1)
    await write(platform, erase(platform, RemovalListItem, { departing, number: numberOf(list) }));
  await write(platform, erase(platform, RemovalItem, { departing }));
}
