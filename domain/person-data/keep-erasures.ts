import { systemActor } from '../actor.ts';
import { AuditEntry } from '../audit/audit.schema.ts';
import { type EntryEraser, eraseFromTrail } from '../audit/erase-entries.ts';
import type { Context } from '../context.ts';
import { partitionsOf } from '../departure/partitions.ts';
import type { OrganizationId, UserId } from '../ids.ts';
import { itemKinds } from '../nouns.ts';
import { removeMailSettings } from '../reminder/mail-settings.ts';
import { entityOf, type Stored } from '../table/entity.ts';
import { consistently, find } from '../table/reads.ts';
import {
  type ControlPlane,
  type OrganizationScope,
  platformScope,
  withinOrganization,
} from '../table/scope.ts';
import { transact, write } from '../table/transaction.ts';
import { adjust, change, erase, remove, replace } from '../table/writes.ts';
import { findUser } from '../user/find-user.ts';
import { allUsers } from '../user/list-users.ts';
import { isUnlinkQueued } from '../user/unlink-outbox.ts';
import { personOf, sparing } from './about-person.ts';
import { eraseFromItems } from './erase-items.ts';
import { type Erased, eraserOf } from './eraser.ts';
import { ErasingItem, ErasureDueItem, ErasureItem, PersonExportItem } from './person-data.noun.ts';

/** What an erasure needs. */
export interface ErasureTools {
  readonly plane: ControlPlane;
  /** Seals and signs the audit log; returns the number of leaves covered. */
  readonly checkpoint: (organizationId: OrganizationId) => Promise<number>;
  readonly clock: () => Date;
  /** When to stop starting work and leave the rest to the next run. */
  readonly until: Date;
}
type Erasing = Stored<typeof ErasingItem>;

/** Longer than a run takes, and than any request that was in flight when the user was removed. */
const settleMs = 16 * 60_000;

/** Records that an organization has a person to erase. */
export const noteErasures = async (plane: ControlPlane, organizationId: OrganizationId, now: Date) => {
  const platform = platformScope(plane);
  const due = { dueOrganization: organizationId, dueAt: now.toISOString() };
  await write(platform, replace(platform, ErasureDueItem, due));
};

const trailOf = (scope: OrganizationScope, now: Date) =>
  partitionsOf(
    scope,
    now,
    itemKinds.filter(({ name }) => name === 'auditEntry'),
  );

/** The person's names and email addresses as first looked up; later, no item contains them any more. */
async function knownAs(scope: OrganizationScope, erasing: Erasing, now: Date): Promise<Erased> {
  const { userId, pseudonym } = erasing;
  if (erasing.knownAs !== undefined) return { userId, pseudonym, ...erasing.knownAs };
  const { emails, names } = await personOf(scope, userId, await trailOf(scope, now));
  await write(scope, adjust(scope, ErasingItem, { userId }, { set: { knownAs: { emails, names } } }));
  return { userId, pseudonym, emails, names };
}

/** Makes one pass over everything. Returns how much there was to do, and how much of it was done. */
async function pass(scope: OrganizationScope, of: Erased, { checkpoint, clock }: ErasureTools) {
  const everything = eraserOf(of);
  const eraser: EntryEraser = {
    pseudonym: of.pseudonym,
    erase: (entry) => AuditEntry.parse(everything(entry)),
  };
  const items = await eraseFromItems(scope, everything, clock());
  const partitions = await trailOf(scope, clock());
  const once = async () => {
    const signed = await checkpoint(scope.organizationId);
    return await eraseFromTrail(scope, eraser, { partitions, signed });
  };
  const first = await once();
  const second = first.noted === 0 ? { noted: 0, changed: 0, waiting: 0 } : await once();
  const entries = first.changed + second.changed;
  return { items, entries, isClean: items + entries + first.noted + first.waiting + second.waiting === 0 };
}

/** Continues one erasure. Returns whether it is finished. */
async function keepOne(scope: OrganizationScope, { userId, pseudonym }: Erasing, tools: ErasureTools) {
  const now = tools.clock();
  const leasedUntil = new Date(now.getTime() + settleMs).toISOString();
  const lease = adjust(
    scope,
    ErasingItem,
    { userId },
    { set: { leasedUntil }, where: (item, { lt }) => lt(item.leasedUntil, now.toISOString()) },
  );
  if (!(await write(scope, lease))) return false;
  const ctx = { scope, actor: systemActor('erasures', pseudonym), now };
  const erasing = await find(scope, ErasingItem, { userId });
  if (erasing === null) return true;
  // They have joined again, and a member's data isn't erased.
  if ((await findUser(scope, userId)) !== null) {
    await end(ctx, erasing, 'withdrawn');
    return true;
  }
  try {
    // The identity provider hasn't been informed of the removal yet, and that message identifies the user.
    if (await isUnlinkQueued(scope, userId)) return false;
    await removeOwn(ctx, userId);
    const known = await knownAs(scope, erasing, now);
    // Members are re-read in each run.
    const done = await pass(scope, sparing(known, await allUsers(scope)), tools);
    const items = erasing.items + done.items;
    const entries = erasing.entries + done.entries;
    const { cleanSince } = erasing;
    const isSettled = cleanSince !== undefined && now.getTime() - Date.parse(cleanSince) >= settleMs;
    if (done.isClean && isSettled) {
      await end(ctx, { ...erasing, items, entries }, 'done');
      return true;
    }
    const since = done.isClean ? (cleanSince ?? now.toISOString()) : null;
    const set = { items, entries, cleanSince: since, leasedUntil: '' };
    await write(scope, adjust(scope, ErasingItem, { userId }, { set }));
    return false;
  } catch (error) {
    await write(scope, adjust(scope, ErasingItem, { userId }, { set: { leasedUntil: '' } }));
    throw error;
  }
}

/**
 * Removes the items that are keyed by the person's id: mail settings, and the pointer to an export. The file
 * itself expires.
 */
async function removeOwn(ctx: Context, userId: UserId): Promise<void> {
  const { scope } = ctx;
  const exported = await find(scope, PersonExportItem, { userId });
  if (exported !== null)
    await transact(scope, remove(ctx, PersonExportItem, exported, 'person-export.deleted'));
  await removeMailSettings(ctx, userId);
}

/** Ends an erasure. From then on, nothing links the pseudonym to the person. */
async function end(ctx: Context, erasing: Erasing, status: 'done' | 'withdrawn'): Promise<void> {
  const { scope, now } = ctx;
  const { userId, pseudonym, entries, items } = erasing;
  const action = status === 'done' ? 'erasure.completed' : 'erasure.withdrawn';
  const done = status === 'done' ? { entries, items, completedAt: now.toISOString() } : {};
  await transact(scope, [
    change(ctx, ErasureItem, { pseudonym }, { action, set: { status, ...done } }),
    erase(scope, ErasingItem, { userId }),
  ]);
}

/** Continues the erasures of one organization, one after another. Returns whether all are finished. */
async function keepIn(organizationId: OrganizationId, tools: ErasureTools): Promise<boolean> {
  const scope = withinOrganization(tools.plane, organizationId);
  const { data } = await entityOf(ErasingItem)
    .query.primary({ organizationId })
    .go({ ...consistently(scope), pages: 'all' });
  let isAll = true;
  for (const one of data) {
    const { status } = (await find(scope, ErasureItem, { pseudonym: one.pseudonym })) ?? {};
    if (status === 'running') isAll = (await keepOne(scope, one, tools)) && isAll;
  }
  return isAll;
}

/**
 * The scheduled run: continues all approved erasures while time remains. An erasure is finished when two
 * passes more than a quarter of an hour apart find nothing of the person. A failing one doesn't block the
 * others.
 */
export async function keepErasures(tools: ErasureTools): Promise<{ readonly failures: readonly unknown[] }> {
  const platform = platformScope(tools.plane);
  const failures: unknown[] = [];
  const { data } = await entityOf(ErasureDueItem)
    .query.primary({ organizationId: platform.organizationId })
    .go({ ...consistently(platform), pages: 'all' });
  for (const { dueOrganization, dueAt } of data)
    try {
      if (tools.clock() >= tools.until || !(await keepIn(dueOrganization, tools))) continue;
      // A newer request has added it again.
      const settled = { where: (item: { dueAt: string }, { eq }: Equal) => eq(item.dueAt, dueAt) };
      await write(platform, erase(platform, ErasureDueItem, { dueOrganization }, settled));
    } catch (error) {
      failures.push(error);
    }
  return { failures };
}

interface Equal {
  eq(one: string, other: string): string;
}
