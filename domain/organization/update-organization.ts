import type { Context } from '../context.ts';
import { stale } from '../errors.ts';
import { updatedByActor } from '../table/change-stamp.ts';
import { transact } from '../table/transaction.ts';
import { assertNotFrozen } from './assert-served.ts';
import { requireOrganization } from './find-organization.ts';
import type { OrganizationChange, OwnOrganizationChange } from './organization.schema.ts';
import { changeExternalId, changeName, changeProfile } from './organization-writes.ts';
import type { MailPlan, Organization } from './profile.schema.ts';

/** A profile with new values and the next revision, changed by the actor. */
export const revised = (next: Organization, { actor, now }: Context): Organization => ({
  ...next,
  revision: next.revision + 1,
  updatedAt: now.toISOString(),
  updatedBy: updatedByActor(actor),
});

/** The reminder settings after a change; null turns reminders off. */
function remindersOf(before: MailPlan | undefined, given: MailPlan | null | undefined) {
  const reminders = given === undefined ? before : (given ?? undefined);
  return reminders === undefined ? {} : { reminders };
}

/**
 * Changes the given fields of the profile; null removes the external id and turns reminders off. Throws
 * `not_found`, `stale`, and `already_exists` when the name or the external id is taken.
 * @param ctx the organization's, under the control plane's credentials
 */
export async function updateOrganization(
  ctx: Context,
  { revision, ...given }: OrganizationChange & { readonly revision: number },
): Promise<Organization> {
  const { scope } = ctx;
  const before = await requireOrganization(scope);
  if (before.revision !== revision) throw stale();
  assertNotFrozen(before);
  const { externalId: old, reminders: earlier, ...kept } = before;
  const externalId = given.externalId === undefined ? old : (given.externalId ?? undefined);
  const next = {
    ...kept,
    name: given.name ?? before.name,
    contactPerson: given.contactPerson ?? before.contactPerson,
    allowedDomains: given.allowedDomains ?? before.allowedDomains,
    metadata: given.metadata ?? before.metadata,
    ...(externalId === undefined ? {} : { externalId }),
    ...remindersOf(earlier, given.reminders),
  };
  const after = revised(next, ctx);
  await transact(scope, [
    ...changeName(scope, { before, after }),
    ...changeExternalId(scope, old, externalId),
    ...changeProfile(ctx, 'organization.updated', { before, after }),
  ]);
  return after;
}

/** Changes the fields that an organization's own admin may change. Throws `stale`. */
export async function updateOwnOrganization(
  ctx: Context,
  before: Organization,
  { revision, ...given }: OwnOrganizationChange & { readonly revision: number },
): Promise<Organization> {
  if (before.revision !== revision) throw stale();
  const { contactPerson = before.contactPerson, allowedDomains = before.allowedDomains } = given;
  const { reminders, ...kept } = before;
  const next = { ...kept, contactPerson, allowedDomains, ...remindersOf(reminders, given.reminders) };
  const after = revised(next, ctx);
  await transact(ctx.scope, changeProfile(ctx, 'organization.updated', { before, after }));
  return after;
}
