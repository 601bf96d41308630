import { systemActor } from '../../../domain/actor.ts';
import { AppError } from '../../../domain/errors.ts';
import { accept } from '../../../domain/invitation/acceptance.service.ts';
import type { OpenOrganization, OrganizationScope } from '../../../domain/table/scope.ts';
import { recordIdentity } from '../../../domain/user/identity.service.ts';
import { ClerkEvent, verifyWebhook } from '../../clerk/webhook.ts';
import type { Exchange } from '../exchange.ts';
import { noun } from '../noun.ts';
import { publicRoutes } from '../routes/public.routes.ts';

interface Parts {
  readonly platform: OrganizationScope;
  readonly open: OpenOrganization;
  readonly signingSecret: () => Promise<string>;
}

/** Clerk's webhook and the health check. */
export const publicNoun = (parts: Parts) =>
  noun(publicRoutes, {
    getHealth: async () => ({ status: 'ok' as const }),
    receiveClerkWebhook: async ({ exchange, event }) => {
      const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8').toString('utf8');
      const signingSecret = await parts.signingSecret();
      verifyWebhook({ headers: event.headers, body, signingSecret, now: exchange.now });
      const parsed = ClerkEvent.safeParse(parseJson(body));
      // An event of a kind we don't read is taken and dropped: refusing it would make Clerk send it for days.
      if (parsed.success) await apply(parts, parsed.data, exchange);
      return undefined;
    },
  });

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new AppError('validation_failed', 'The body is not JSON.', { cause });
  }
}

async function apply(
  { platform, open }: Parts,
  event: ClerkEvent,
  { requestId, now }: Exchange,
): Promise<void> {
  if (event.type === 'user.deleted') {
    await recordIdentity(platform, { userId: event.data.id, clerkTime: now.getTime(), deleted: true });
    return;
  }
  const { id, updated_at, public_metadata, email_addresses, primary_email_address_id } = event.data;
  const { organizationId, invitationId } = public_metadata;
  const state = { userId: id, belongsTo: organizationId, clerkTime: updated_at, deleted: false };
  if (!(await recordIdentity(platform, state))) return;
  const email = email_addresses.find((address) => address.id === primary_email_address_id)?.email_address;
  if (organizationId === undefined || invitationId === undefined || email === undefined) return;
  const actor = { ...systemActor('clerk-webhook', requestId), by: id };
  await accept(open(organizationId), actor, { userId: id, email, invitationId }, now);
}
