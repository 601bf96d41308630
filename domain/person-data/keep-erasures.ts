import { systemActor } from '../actor.ts';
import type { Context } from '../context.ts';
import type { OrganizationId, UserId } from '../ids.ts';
import { removeMailSettings } from '../reminder/mail-settings.ts';
import { dueList } from '../table/due-list.ts';
import { find, findAll } from '../table/reads.ts';
import {
  type ControlPlane,
  type OrganizationScope,
  platformScope,
  withinOrganization,
} from '../table/scope.ts';
import { transact, write } from '../table/transaction.ts';
import { adjust, change, erase, remove } from '../table/writes.ts';
import { findUser } from '../user/find-user.ts';
import { isUnlinkQueued } from '../user/unlink-outbox.ts';
import { type Erasing, Pass, type PassTools } from './erase-person.ts';
import { ErasingItem, ErasureDueItem, ErasureItem, PersonExportItem } from './person-data.noun.ts';

interface ErasureTools extends PassTools {
  readonly plane: ControlPlane;
}

/** Longer than a run takes, and than any request that was in flight when the user was removed. */
const settleMs = 16 * 60_000;

/** Records that an organization has a person to erase. */
export const noteErasures = async (plane: ControlPlane, organizationId: OrganizationId, now: Date) => {
  await dueList(platformScope(plane), ErasureDueItem).put(organizationId, now);
};

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
    if (await isUnlinkQueued(scope, userId)) return await release(scope, erasing);
    await removeOwn(ctx, userId);
    const { cleanSince } = erasing;
    const settledAt = cleanSince === undefined ? 0 : Date.parse(cleanSince) + settleMs;
    // A pass that begins earlier wouldn't count.
    if (erasing.pass === undefined && now.getTime() < settledAt) return await release(scope, erasing);
    const pass = new Pass(scope, erasing, tools);
    if (!(await pass.go())) return await release(scope, erasing);
    if (pass.isClean && cleanSince !== undefined) {
      await end({ ...ctx, now: tools.clock() }, pass.erasing, 'done');
      return true;
    }
    const since = pass.isClean ? tools.clock().toISOString() : null;
    return await release(scope, erasing, { pass: null, cleanSince: since });
  } catch (error) {
    await release(scope, erasing);
    throw error;
  }
}

/** Ends a run's lease of an erasure that isn't finished. */
async function release(
  scope: OrganizationScope,
  { userId }: Erasing,
  set: { readonly pass?: null; readonly cleanSince?: string | null } = {},
): Promise<false> {
  await write(scope, adjust(scope, ErasingItem, { userId }, { set: { ...set, leasedUntil: '' } }));
  return false;
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
  let isAll = true;
  for (const one of await findAll(scope, ErasingItem)) {
    const { status } = (await find(scope, ErasureItem, { pseudonym: one.pseudonym })) ?? {};
    if (status === 'running')
      isAll = tools.clock() < tools.until && (await keepOne(scope, one, tools)) && isAll;
  }
  return isAll;
}

/**
 * The scheduled run: continues all approved erasures while time remains. An erasure is finished when two
 * passes find nothing of the person, the second begun more than a quarter of an hour after the first. A
 * failing one doesn't block the others.
 */
export const keepErasures = (tools: ErasureTools): Promise<{ readonly failures: readonly unknown[] }> =>
  dueList(platformScope(tools.plane), ErasureDueItem).keepAll(tools, (id) => keepIn(id, tools));
