import type { Context } from '../context.ts';
import { entityOf } from '../table/entity.ts';
import { placesOf } from '../table/query.ts';
import type { OrganizationScope } from '../table/scope.ts';
import type { Write } from '../table/transaction.ts';
import { create, erase } from '../table/writes.ts';
import { SubscriptionChangeItem } from './organization.noun.ts';
import { SubscriptionChange } from './organization.schema.ts';
import type { Organization } from './profile.schema.ts';

/** The revision as part of a key: fixed width, so that keys sort numerically. */
const numbered = (revision: number) => String(revision).padStart(9, '0');

/** The write that records a change of subscription. A new organization has no `before`. */
export const keepSubscriptionChange = (
  { scope, actor: { by, name: byName, role } }: Context,
  { before, after }: { readonly before: Organization | null; readonly after: Organization },
): Write =>
  create(scope, SubscriptionChangeItem, {
    number: numbered(after.revision),
    at: after.updatedAt,
    by,
    byName,
    role,
    before: before?.subscription,
    after: after.subscription,
  });

/** The write that deletes the record of the change that led to a revision. */
export const removeSubscriptionChange = (scope: OrganizationScope, revision: number): Write =>
  erase(scope, SubscriptionChangeItem, { number: numbered(revision) });

/** Changes of an organization's subscription before `position` (a revision), newest first. */
export async function subscriptionChangesAfter(
  { organizationId, client, table }: OrganizationScope,
  position: number | undefined,
  limit: number,
): Promise<SubscriptionChange[]> {
  const entity = entityOf(SubscriptionChangeItem);
  const { primary } = placesOf(entity).byAccessPattern;
  const cursor =
    position === undefined
      ? null
      : primary.fromComposite.toCursor({ organizationId, number: numbered(position) });
  const { data } = await entity.query
    .primary({ organizationId })
    .go({ client, table, limit, pages: 1, order: 'desc', cursor });
  return data.map(({ number, before, ...change }) =>
    SubscriptionChange.parse({ ...change, before: before ?? null, revision: Number(number) }),
  );
}
