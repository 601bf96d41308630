import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import { InvitationId, OrganizationId, UserId } from '../../domain/ids.ts';
import { emailAddress, personNameFrom } from '../../domain/text.schema.ts';
import type { IdentityEvent } from '../../domain/user/apply-identity-event.ts';
import { changedSecret, secret } from '../aws/secrets.ts';
import { clerkRefusals } from './clerk.refusals.ts';

const toleranceSeconds = 300;

interface Delivery {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  /** `whsec_` followed by the key in base64. */
  readonly signingSecret: string;
  readonly now: Date;
}

/**
 * Verifies a Svix signature over the raw body: HMAC-SHA256 of `id.timestamp.body`, at most five minutes
 * old. Source: Svix, manual verification. Returns the delivery's id.
 */
export function verifyWebhook({ headers, body, signingSecret, now }: Delivery): string {
  const { 'svix-id': id, 'svix-timestamp': time, 'svix-signature': signatures } = headers;
  if (id === undefined || time === undefined || signatures === undefined)
    throw clerkRefusals.webhook_not_signed();
  if (!/^\d{1,15}$/.test(time) || Math.abs(now.getTime() / 1000 - Number(time)) > toleranceSeconds)
    throw clerkRefusals.webhook_not_signed();
  const key = Buffer.from(signingSecret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${time}.${body}`).digest();
  const genuine = signatures.split(' ').some((entry) => {
    const [version, signature = ''] = entry.split(',');
    const given = Buffer.from(signature, 'base64');
    return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (!genuine) throw clerkRefusals.webhook_not_signed();
  return id;
}

const secretShape = z.object({ signingSecret: z.string().check(z.minLength(1)) });

/**
 * Verifies deliveries with the named secret, which is re-read if the signature doesn't match, in case it
 * was rotated.
 */
export const webhookVerifier =
  (secretId: string) =>
  async (delivery: Omit<Delivery, 'signingSecret'>): Promise<string> => {
    const verify = (text: string) => verifyWebhook({ ...delivery, ...secretShape.parse(JSON.parse(text)) });
    const used = await secret(secretId);
    try {
      return verify(used);
    } catch (error) {
      const changed = await changedSecret(secretId, used);
      if (changed === null) throw error;
      return verify(changed);
    }
  };

// Clerk's timestamps are in milliseconds; some older payloads use seconds.
const clerkTime = z.pipe(
  z.number(),
  z.transform((time: number) => (time < 100_000_000_000 ? time * 1000 : time)),
);
const metadata = z.object({
  organizationId: z.catch(z.optional(OrganizationId), undefined),
  invitationId: z.catch(z.optional(InvitationId), undefined),
});

/** The parts of a Clerk user that the product reads. Source: Clerk Backend API, the User object. */
export const ClerkUser = z.object({
  id: UserId,
  primary_email_address_id: z.nullable(z.string()),
  email_addresses: z.array(
    z.object({
      id: z.string(),
      email_address: z.string(),
      verification: z.nullish(z.object({ status: z.nullish(z.string()) })),
    }),
  ),
  first_name: z.catch(z.nullish(z.string()), null),
  last_name: z.catch(z.nullish(z.string()), null),
  two_factor_enabled: z.catch(z.optional(z.boolean()), undefined),
  public_metadata: metadata,
  updated_at: clerkTime,
});
export type ClerkUser = z.infer<typeof ClerkUser>;

/** Clerk's user events, as far as the product reads them. */
export const ClerkEvent = z.discriminatedUnion('type', [
  z.object({ type: z.enum(['user.created', 'user.updated']), data: ClerkUser }),
  z.object({ type: z.literal('user.deleted'), data: z.object({ id: UserId }) }),
]);
export type ClerkEvent = z.infer<typeof ClerkEvent>;

/**
 * Converts an event, applying the product's own rules for names and addresses. Only the verified primary
 * address counts. Invalid values are treated as absent.
 */
export function identityEventOf(event: ClerkEvent): IdentityEvent {
  if (event.type === 'user.deleted') return { kind: 'deleted', userId: event.data.id };
  const { id, updated_at, public_metadata, first_name, last_name, two_factor_enabled, ...data } = event.data;
  const primary = data.email_addresses.find((address) => address.id === data.primary_email_address_id);
  const verified = primary?.verification?.status === 'verified' ? primary.email_address : undefined;
  const email = emailAddress.safeParse(verified).data;
  const name = personNameFrom([first_name, last_name].filter(Boolean).join(' '));
  return {
    kind: 'state',
    userId: id,
    clerkTime: updated_at,
    ...public_metadata,
    ...(email === undefined ? {} : { email }),
    ...(name === undefined ? {} : { name }),
    ...(two_factor_enabled === undefined ? {} : { twoFactor: two_factor_enabled }),
  };
}
