import { systemActor } from '../actor.ts';
import { AppError } from '../errors.ts';
import { type InvitationId, type OrganizationId, PLATFORM, type UserId } from '../ids.ts';
import { accept } from '../invitation/acceptance.service.ts';
import type { OpenOrganization, OrganizationScope } from '../table/scope.ts';
import { type Departure, removeDeparted } from './departure.service.ts';
import { recordIdentity } from './identity.service.ts';
import { type Following, followIdentity, type IdentityFacts } from './identity-change.service.ts';
import { memberClaims } from './member-claim.service.ts';

/** What the identity provider tells of a user: a state they were in, or that they are gone. */
export type IdentityEvent =
  | (IdentityFacts & {
      readonly kind: 'state';
      readonly organizationId?: OrganizationId | undefined;
      readonly invitationId?: InvitationId | undefined;
    })
  | { readonly kind: 'deleted'; readonly userId: UserId };

interface Reach {
  /** The identities, in the platform's partition. */
  readonly platform: OrganizationScope;
  readonly open: OpenOrganization;
}

/** What an event came to; `outdated`: a later state is known. */
export type IdentityOutcome = Following | Departure | 'outdated';

/**
 * Brings an organization's member in line with what the identity provider tells: who was invited joins, name
 * and address follow, who is gone is removed. Nobody joins the platform by it. Whatever order events come in,
 * and however often, the outcome is that of the latest state; a deletion is final. What fails throws, and the
 * same event again finishes the work.
 */
export async function applyIdentityEvent(
  { platform, open }: Reach,
  event: IdentityEvent,
  requestId: string,
  now: Date,
): Promise<IdentityOutcome> {
  const { userId } = event;
  const system = systemActor('clerk-webhook', requestId);
  const deleted = event.kind === 'deleted';
  const told = deleted
    ? { clerkTime: now.getTime() }
    : { clerkTime: event.clerkTime, belongsTo: event.organizationId };
  const { standing, belongsTo, belongedTo } = await recordIdentity(platform, { userId, deleted, ...told });
  if (belongsTo === undefined) return 'not_a_member';
  if (standing === 'outdated') return 'outdated';
  if (deleted || standing === 'deleted') {
    // Somebody is in one organization at a time. An earlier one has let them go, unless Clerk's metadata was
    // changed by hand.
    const outcomes: Departure[] = [];
    for (const id of [...belongedTo, belongsTo])
      outcomes.push(await removeDeparted(open(id), system, userId, now));
    return outcomes.find((outcome) => outcome === 'left_without_admin') ?? outcomes.at(-1) ?? 'not_a_member';
  }
  const person = { ...system, by: userId, name: event.name };
  const { organizationId, invitationId, email } = event;
  const joins = organizationId !== undefined && organizationId !== PLATFORM;
  if (joins && invitationId !== undefined && email !== undefined)
    await accept(
      open(organizationId),
      memberClaims(platform, open),
      person,
      { ...event, email, invitationId },
      now,
    ).catch(laterIfClosed);
  return await followIdentity(open(belongsTo), person, event, now);
}

/**
 * Nobody joins an organization that is suspended or whose plan has ended: their first request after that lets
 * them in.
 */
function laterIfClosed(error: unknown): void {
  const codes: readonly unknown[] = ['organization_inactive', 'subscription_expired'];
  if (!(error instanceof AppError && codes.includes(error.code))) throw error;
}
