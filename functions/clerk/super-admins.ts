import * as z from 'zod/mini';
import { isOpen, requireRequest } from '../../domain/approval/find-approval.ts';
import { requestedOf } from '../../domain/approval/holding.ts';
import { invitedHours } from '../../domain/approval/make-super-admin.ts';
import { type ApprovalId, PLATFORM, UserId } from '../../domain/ids.ts';
import type { OpenOrganization } from '../../domain/table/scope.ts';
import { membershipIn, organizationClaimed } from '../../domain/user/member-claims.ts';
import { type clerkApi, unavailable } from './api.ts';
import type { GatewayAnswer } from './gateway-request.ts';

type Clerk = ReturnType<typeof clerkApi>;

const account = z.object({
  id: UserId,
  first_name: z.nullish(z.string()),
  last_name: z.nullish(z.string()),
  two_factor_enabled: z.catch(z.boolean(), false),
  email_addresses: z.array(
    z.object({
      email_address: z.string(),
      verification: z.nullish(z.object({ status: z.nullish(z.string()) })),
    }),
  ),
});

/** The account with this verified address. */
async function accountWith({ call }: Clerk, email: string) {
  const found = await call('GET', `/users?${new URLSearchParams({ email_address: email })}`);
  if (!found.ok) throw unavailable(new Error(`Clerk answered ${found.status}`));
  return z
    .array(account)
    .parse(await found.json())
    .find(({ email_addresses: all }) =>
      all.some((one) => one.email_address.toLowerCase() === email && one.verification?.status === 'verified'),
    );
}

/**
 * Invites a person to create an account. Naming the platform in the metadata grants nothing; only the table
 * does. An existing open invitation is reused.
 */
async function invite({ call }: Clerk, email: string, appOrigin: string): Promise<GatewayAnswer> {
  const response = await call('POST', '/invitations', {
    email_address: email,
    public_metadata: { organizationId: PLATFORM },
    redirect_url: `${appOrigin}/`,
    notify: true,
    expires_in_days: invitedHours / 24,
  });
  if (response.ok) return { outcome: 'invited' };
  const text = await response.text();
  if (text.includes('duplicate_record')) return { outcome: 'invited' };
  return response.status === 422 || response.status === 400
    ? { outcome: 'failed', deliveryProblem: 'The invitation can’t be sent to this address.' }
    : { outcome: 'unavailable' };
}

/**
 * Finds the person of an open request, or invites them. Only the stored request is trusted. Throws
 * `identity_unavailable`.
 */
export async function findSuperAdmin(
  clerk: Clerk,
  open: OpenOrganization,
  { approvalId, appOrigin, now }: { approvalId: ApprovalId; appOrigin: string; now: Date },
): Promise<GatewayAnswer> {
  const approval = await requireRequest(open(PLATFORM), approvalId);
  const asked = requestedOf(approval);
  if (asked?.kind !== 'super-admin.create' || !isOpen(approval, now))
    return { outcome: 'failed', deliveryProblem: 'This request is closed.' };
  const { email } = asked.input;
  const person = await accountWith(clerk, email);
  if (person === undefined) return await invite(clerk, email, appOrigin);
  const { id: userId, first_name: first, last_name: last, two_factor_enabled: twoFactor } = person;
  const home = await organizationClaimed(open(PLATFORM), membershipIn(open), userId, now);
  const name = [first, last].filter(Boolean).join(' ') || undefined;
  return { outcome: 'found', userId, name, twoFactor, home };
}
