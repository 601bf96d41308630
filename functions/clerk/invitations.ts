import { domainToUnicode } from 'node:url';
import * as z from 'zod/mini';
import { AppError } from '../../domain/errors.ts';
import type {
  Delivery,
  InvitationLetter,
  InvitationSender,
} from '../../domain/invitation/invitation-sender.ts';
import { emailAddress } from '../../domain/text.schema.ts';
import { type ClerkSettings, clerkApi } from './api.ts';

const created = z.object({ id: z.string() });
const failure = z.catch(
  z.object({
    errors: z.array(
      z.object({
        message: z.string(),
        meta: z.catch(z.optional(z.object({ param_name: z.optional(z.string()) })), undefined),
      }),
    ),
  }),
  { errors: [] },
);
const place = z.object({ organizationId: z.optional(z.unknown()), invitationId: z.optional(z.unknown()) });
const placed = z.object({ public_metadata: z.catch(place, {}) });
const users = z.array(placed);
const list = z.array(z.extend(placed, { email_address: z.string() }));
const invitations = z.union([
  list,
  z.pipe(
    z.object({ data: list }),
    z.transform(({ data }) => data),
  ),
]);

/** Clerk's invitations. Source: Clerk Backend API reference, Invitations and Users. */
export function clerkInvitations({ appOrigin, ...settings }: ClerkSettings): InvitationSender {
  const { call, read } = clerkApi(settings);
  return {
    async isTaken(email, organizationId, invitationId) {
      const spellings = spellingsOf(email).map(encodeURIComponent);
      const [known, ...pending] = await Promise.all([
        read(`/users?limit=10&${spellings.map((address) => `email_address=${address}`).join('&')}`, users),
        ...spellings.map((address) =>
          read(`/invitations?limit=100&status=pending&query=${address}`, invitations),
        ),
      ]);
      const isElsewhere = ({ public_metadata: at }: z.infer<typeof placed>) =>
        at.organizationId !== organizationId;
      const cameOtherwise = ({ public_metadata: at }: z.infer<typeof placed>) =>
        invitationId !== undefined && at.invitationId !== invitationId;
      const belongsElsewhere = known.some(
        (user) =>
          user.public_metadata.organizationId !== undefined && (isElsewhere(user) || cameOtherwise(user)),
      );
      const invitedElsewhere = pending
        .flat()
        .some((letter) => emailAddress.safeParse(letter.email_address).data === email && isElsewhere(letter));
      return belongsElsewhere || invitedElsewhere;
    },
    async send(letter) {
      const response = await call('POST', '/invitations', bodyOf(letter, appOrigin)).catch(
        (error: unknown) => {
          if (error instanceof AppError) return null;
          throw error;
        },
      );
      return response === null ? { delivery: 'queued' } : await outcome(response);
    },
    async withdraw(providerId) {
      await call('POST', `/invitations/${encodeURIComponent(providerId)}/revoke`);
    },
  };
}

/**
 * An address as the product keeps it, and as people write it where its domain has other letters: Clerk may
 * have either.
 */
function spellingsOf(email: string): string[] {
  const [local = '', domain = ''] = email.split('@');
  return [...new Set([email, `${local}@${domainToUnicode(domain)}`])];
}

const bodyOf = (
  { organizationId, invitationId, email, expiresInDays }: InvitationLetter,
  appOrigin: string,
) => ({
  [address]: email,
  public_metadata: { organizationId, invitationId },
  redirect_url: `${appOrigin}/`,
  notify: true,
  // Whether the address is free was asked before; whoever has an account but no organization joins with that
  // account.
  ignore_existing: true,
  expires_in_days: expiresInDays,
});

/** The one part of a letter that differs from others': what is wrong with another part is wrong with all letters. */
const address = 'email_address';

async function outcome(response: Response): Promise<Delivery> {
  if (response.ok) return { delivery: 'sent', providerId: created.parse(await response.json()).id };
  // A key that is changed, an account that isn't paid: what ails Clerk or us passes, and says nothing of this letter.
  if (response.status !== 400 && response.status !== 422) return { delivery: 'queued' };
  const { errors } = failure.parse(await response.json().catch(() => null));
  const own = errors.find(({ meta }) => (meta?.param_name ?? address) === address);
  return own === undefined ? { delivery: 'queued' } : { delivery: 'failed', deliveryProblem: own.message };
}
