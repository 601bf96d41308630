import type { Context } from '../context.ts';
import { entityOf, type Stored } from '../table/entity.ts';
import { placesOf } from '../table/query.ts';
import { consistently, find } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact } from '../table/transaction.ts';
import { adjust } from '../table/writes.ts';
import { WebhookDeliveryItem, WebhookStateItem } from './webhook.noun.ts';
import { WebhookDelivery, type WebhookId, webhookRefusals } from './webhook.schema.ts';

/** A position in the audit log, as used in keys and paths. */
export const placeText = (place: number): string => String(place).padStart(12, '0');

/** A message's id, the same for every attempt, so that receivers detect repetitions. */
export const messageIdOf = (webhookId: WebhookId, place: string): string =>
  `msg_${webhookId.slice('hook_'.length)}_${place}`;

const show = ({ webhookId, place, ...stored }: Stored<typeof WebhookDeliveryItem>): WebhookDelivery =>
  WebhookDelivery.parse({ ...stored, id: place, messageId: messageIdOf(webhookId, place) });

const { primary } = placesOf(entityOf(WebhookDeliveryItem)).byAccessPattern;

/** A webhook's deliveries of the last 30 days, newest first, after `position`; at most `limit`. */
export async function deliveriesAfter(
  scope: OrganizationScope,
  webhookId: WebhookId,
  { position, limit }: { readonly position: string | undefined; readonly limit: number },
): Promise<WebhookDelivery[]> {
  const { organizationId } = scope;
  const cursor =
    position === undefined
      ? null
      : primary.fromComposite.toCursor({ organizationId, webhookId, place: position });
  const { data } = await entityOf(WebhookDeliveryItem)
    .query.primary({ organizationId, webhookId })
    .go({ ...consistently(scope), limit, pages: 1, order: 'desc', cursor });
  return data.map(show);
}

/** Queues a message again, whatever its state: with the same id and a new signature. Throws `not_found`. */
export async function replayDelivery(
  { scope, now }: Context,
  { webhookId, place }: { readonly webhookId: WebhookId; readonly place: string },
): Promise<WebhookDelivery> {
  const [found, state] = await Promise.all([
    find(scope, WebhookDeliveryItem, { webhookId, place }),
    find(scope, WebhookStateItem, { webhookId }),
  ]);
  if (found === null || state === null) throw webhookRefusals.delivery_not_found();
  const again = { place: Number(place), at: now.toISOString(), tries: 0 };
  const waiting = [again, ...state.waiting.filter((one) => one.place !== again.place)];
  await transact(scope, [
    adjust(
      scope,
      WebhookStateItem,
      { webhookId },
      {
        set: { waiting },
        // A concurrent sender writes what is waiting, too.
        where: (of, { eq }) => `${eq(of.next, state.next)} AND ${eq(of.holder, state.holder)}`,
      },
    ),
  ]);
  return { ...show(found), status: 'retrying' };
}
