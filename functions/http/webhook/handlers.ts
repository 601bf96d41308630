import { systemActor } from '../../../domain/actor.ts';
import { publishedKey } from '../../../domain/audit/checkpoints/prove-entry.ts';
import type { Context } from '../../../domain/context.ts';
import { AppError } from '../../../domain/errors.ts';
import {
  applyIdentityEvent,
  type IdentityEvent,
  type IdentityOutcome,
} from '../../../domain/user/apply-identity-event.ts';
import { handleOnce } from '../../../domain/user/webhook-records.ts';
import type { DeliveryAnswer, IdentityDelivery } from '../../clerk/identity-delivery.ts';
import { ClerkEvent, identityEventOf, webhookVerifier } from '../../clerk/webhook.ts';
import type { PublicDependencies } from '../dependencies.ts';
import { readJson } from '../json-body.ts';
import { resource } from '../resource.ts';
import { publicRoutes } from './routes.ts';
import { unsubscribing } from './unsubscribing.ts';

/** Clerk's webhook, the health check, and links that turn email off. */
export const publicResource = (dependencies: PublicDependencies) => {
  const verify = webhookVerifier(dependencies.signingSecretId);
  const { page, act } = unsubscribing(dependencies);
  return resource(publicRoutes, {
    getUnsubscribePage: page,
    unsubscribe: act,
    getHealth: async () => ({ status: 'ok' as const }),
    getAuditKey: () => publishedKey(dependencies.rounds),
    receiveClerkWebhook: async ({ event, requestId, now }) => {
      const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8').toString('utf8');
      const id = await verify({ headers: event.headers, body, now });
      const parsed = ClerkEvent.safeParse(readJson(body));
      // Unknown event types are accepted and dropped; Clerk would otherwise retry them for days.
      if (!parsed.success) return undefined;
      const ctx = { scope: dependencies.platform, actor: systemActor('clerk-webhook', requestId), now };
      await handleOnce(ctx, id, async () => {
        await apply(ctx, identityEventOf(parsed.data), dependencies);
      });
      return undefined;
    },
  });
};

/**
 * Applies a state from the gateway like one from a webhook. A member who has changed since the comparison
 * isn't touched.
 */
export async function applyDelivery(
  { identity }: IdentityDelivery,
  { requestId, now }: { readonly requestId: string; readonly now: Date },
  dependencies: PublicDependencies,
): Promise<DeliveryAnswer> {
  const ctx = { scope: dependencies.platform, actor: systemActor('clerk-drift', requestId), now };
  try {
    return { outcome: await apply(ctx, identity, dependencies) };
  } catch (error) {
    if (error instanceof AppError && error.code === 'stale') return { outcome: 'moved' };
    throw error;
  }
}

async function apply(
  ctx: Context,
  identity: IdentityEvent,
  { log, open }: PublicDependencies,
): Promise<IdentityOutcome> {
  const { requestId } = ctx.actor;
  const outcome = await applyIdentityEvent(ctx, identity, open);
  const { userId } = identity;
  if (outcome === 'address_taken')
    await log.warn('a new address is taken in the organization, the old one stays', { requestId, userId });
  if (outcome === 'left_without_admin')
    await log.warn('an organization’s last admin has deleted their account', { requestId, userId });
  return outcome;
}
