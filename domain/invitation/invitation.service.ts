import type { Role } from '../access/roles.schema.ts';
import type { Actor } from '../actor.ts';
import { AppError } from '../errors.ts';
import { type InvitationId, newInvitationId } from '../ids.ts';
import { countWithinPlanWrite } from '../organization/counters.service.ts';
import type { Plan } from '../subscription/subscription.schema.ts';
import { created, updated } from '../table/change-stamp.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { put, transact, update, type Write } from '../table/write.ts';
import { claimEmailWrite, emailTaken } from '../user/admission.service.ts';
import { InvitationEntity } from './invitation.entity.ts';
import { Invitation, type NewInvitation } from './invitation.schema.ts';
import type { InvitationSender } from './invitation-sender.ts';

const lifetimeDays = 14;
const deadline = (now: Date) => new Date(now.getTime() + lifetimeDays * 86_400_000).toISOString();

type StoredInvitation = NonNullable<Awaited<ReturnType<typeof read>>>;

async function read({ organizationId, client, table }: OrganizationScope, invitationId: InvitationId) {
  const { data } = await InvitationEntity.get({ organizationId, invitationId }).go({
    client,
    table,
    consistent: true,
  });
  return data;
}

const show = ({ invitationId, validUntil, ...stored }: StoredInvitation, now: Date): Invitation =>
  Invitation.parse({
    ...stored,
    id: invitationId,
    expiresAt: validUntil,
    status: stored.status === 'pending' && validUntil <= now.toISOString() ? 'expired' : stored.status,
  });

/** Reads an invitation as it is now, its expiry derived from the clock; null when there is none. */
export async function findInvitation(
  scope: OrganizationScope,
  id: InvitationId,
  now: Date,
): Promise<Invitation | null> {
  const stored = await read(scope, id);
  return stored === null ? null : show(stored, now);
}

/** An invitation of the scope's organization, as `findInvitation` reads it. Throws `not_found`. */
export async function requireInvitation(
  scope: OrganizationScope,
  id: InvitationId,
  now: Date,
): Promise<Invitation & { readonly providerId?: string }> {
  const stored = await read(scope, id);
  if (stored === null) throw new AppError('not_found', 'There is no such invitation.');
  const { providerId } = stored;
  return { ...show(stored, now), ...(providerId === undefined ? {} : { providerId }) };
}

/** Invitations newest first, after `position` (an invitation id). */
export async function invitationsAfter(
  { organizationId, client, table }: OrganizationScope,
  position: InvitationId | undefined,
  limit: number,
  now: Date,
): Promise<Invitation[]> {
  const all = InvitationEntity.query.primary({ organizationId });
  const query = position === undefined ? all : all.lt({ invitationId: position });
  const { data } = await query.go({ client, table, limit, pages: 1, order: 'desc' });
  return data.map((stored) => show(stored, now));
}

/** The writes that record an invitation before anybody is asked to send it. */
export function inviteWrites(
  scope: OrganizationScope,
  actor: Actor,
  person: { email: string; name: string; role: Role },
  emailPath: string,
  now: Date,
): { invitationId: InvitationId; writes: Write[] } {
  const invitationId = newInvitationId(now);
  const item = InvitationEntity.create({
    organizationId: scope.organizationId,
    invitationId,
    ...person,
    status: 'pending',
    delivery: 'queued',
    invitedBy: actor.by,
    validUntil: deadline(now),
    ...created(actor, 'invitation.created', now),
  });
  return {
    invitationId,
    writes: [put(scope, item), claimEmailWrite(scope, person.email, invitationId, emailPath)],
  };
}

/** Refuses an address the identity provider already knows, before anything is written. */
export async function refuseTaken(sender: InvitationSender, email: string, path: string): Promise<void> {
  if (await sender.isTaken(email)) throw emailTaken(path);
}

/**
 * Invites a person into the organization of the scope. What can't be sent now stays `queued`, ready to be sent again.
 * Throws `already_exists` with the field, and `entitlement_exceeded` when the plan has no seat left.
 */
export async function invite(
  scope: OrganizationScope,
  actor: Actor,
  person: NewInvitation,
  plan: Plan,
  sender: InvitationSender,
  now: Date,
): Promise<Invitation> {
  await refuseTaken(sender, person.email, 'email');
  const { invitationId, writes } = inviteWrites(scope, actor, person, 'email', now);
  const seat = countWithinPlanWrite(scope, { pendingInvitations: 1 }, { of: 'seats', plan });
  await transact(scope, [...writes, seat]);
  return await deliver(scope, actor, invitationId, sender, now);
}

/** Hands a recorded invitation to the identity provider and records what it said. */
export async function deliver(
  scope: OrganizationScope,
  actor: Actor,
  invitationId: InvitationId,
  sender: InvitationSender,
  now: Date,
): Promise<Invitation> {
  const { organizationId, client, table } = scope;
  const stored = await read(scope, invitationId);
  if (stored === null) throw new AppError('not_found', 'There is no such invitation.');
  const outcome = await sender.send({
    organizationId,
    invitationId,
    email: stored.email,
    expiresInDays: lifetimeDays,
  });
  if (outcome.delivery === 'queued') return show(stored, now);
  const action = outcome.delivery === 'sent' ? 'invitation.sent' : 'invitation.delivery-failed';
  const { data } = await InvitationEntity.patch({ organizationId, invitationId })
    .set({ ...outcome, ...updated(actor, action, now) })
    .add({ revision: 1 })
    .go({ client, table, response: 'all_new' });
  return show(data, now);
}

/** Sends an open or expired invitation again, with a new deadline; the earlier link stops working. */
export async function resend(
  scope: OrganizationScope,
  actor: Actor,
  invitationId: InvitationId,
  sender: InvitationSender,
  now: Date,
): Promise<Invitation> {
  const stored = await read(scope, invitationId);
  if (stored === null) throw new AppError('not_found', 'There is no such invitation.');
  if (stored.status !== 'pending')
    throw new AppError('conflict', `This invitation was ${stored.status}; it can't be sent again.`);
  if (stored.providerId !== undefined) await sender.withdraw(stored.providerId);
  const renewed = InvitationEntity.patch({ organizationId: scope.organizationId, invitationId })
    .set({ delivery: 'queued', validUntil: deadline(now), ...updated(actor, 'invitation.renewed', now) })
    .remove(['providerId', 'deliveryProblem'])
    .add({ revision: 1 })
    .where(({ revision }, { eq }) => eq(revision, stored.revision));
  await transact(scope, [update(scope, renewed)]);
  return await deliver(scope, actor, invitationId, sender, now);
}
