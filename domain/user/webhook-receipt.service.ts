import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { WebhookReceiptItem } from './user.noun.ts';

// Svix, which delivers Clerk's webhooks, tries for a bit more than a day; a person may send one again from Clerk's dashboard.
const keptSeconds = 7 * 86_400;

/**
 * Handles a webhook unless one with its id was handled before. The receipt comes after the work: a delivery that failed is tried
 * again, and two at the same moment are both handled, which the work itself must bear.
 */
export async function onceHandled(
  { organizationId, client, table }: OrganizationScope,
  deliveryId: string,
  now: Date,
  handle: () => Promise<void>,
): Promise<void> {
  const key = { organizationId, deliveryId };
  const { data } = await entityOf(WebhookReceiptItem).get(key).go({ client, table, consistent: true });
  if (data !== null) return;
  await handle();
  const expiresAt = Math.floor(now.getTime() / 1000) + keptSeconds;
  await entityOf(WebhookReceiptItem)
    .put({ ...key, expiresAt })
    .go({ client, table });
}
