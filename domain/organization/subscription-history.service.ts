import type { ChangeStamp } from '../table/change-stamp.ts';
import { entityOf } from '../table/entity.ts';
import { placesOf } from '../table/query.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { put, remove, type Write } from '../table/write.ts';
import { SubscriptionChangeItem } from './organization.noun.ts';
import { SubscriptionChange } from './organization.schema.ts';
import type { Organization } from './profile.schema.ts';

/** Revisions as the key has them: fixed width, so that they sort. */
const numbered = (revision: number) => String(revision).padStart(9, '0');

/** The write that keeps a change of subscription. An organization just founded has nothing before. */
export const subscriptionChangeWrite = (
  scope: OrganizationScope,
  { by, role }: Pick<ChangeStamp, 'by' | 'role'>,
  { before, after }: { readonly before: Organization | null; readonly after: Organization },
): Write =>
  put(
    scope,
    entityOf(SubscriptionChangeItem).create({
      organizationId: scope.organizationId,
      number: numbered(after.revision),
      at: after.updatedAt,
      by,
      role,
      ...(before === null ? {} : { before: before.subscription }),
      after: after.subscription,
    }),
  );

/** The write that forgets the state of a subscription that a revision led to. */
export const forgetSubscriptionWrite = (
  { organizationId, ...scope }: OrganizationScope,
  revision: number,
): Write =>
  remove(scope, entityOf(SubscriptionChangeItem).remove({ organizationId, number: numbered(revision) }));

const placeOf = placesOf(entityOf(SubscriptionChangeItem)).byAccessPattern.primary.fromComposite.toCursor;

/** Changes of an organization's subscription, newest first, from before `position` (a revision) on. */
export async function subscriptionChangesAfter(
  { organizationId, client, table }: OrganizationScope,
  position: number | undefined,
  limit: number,
): Promise<SubscriptionChange[]> {
  const cursor = position === undefined ? null : placeOf({ organizationId, number: numbered(position) });
  const { data } = await entityOf(SubscriptionChangeItem)
    .query.primary({ organizationId })
    .go({ client, table, limit, pages: 1, order: 'desc', cursor });
  return data.map(({ number, before, ...change }) =>
    SubscriptionChange.parse({ ...change, before: before ?? null, revision: Number(number) }),
  );
}
