import type { Actor } from '../actor.ts';
import { countsOf } from '../organization/counters.service.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { settleExpired } from './expiry.service.ts';
import { InvitationEntity } from './invitation.entity.ts';
import { deliver } from './invitation.service.ts';
import type { InvitationSender } from './invitation-sender.ts';
import { isOverdue, type StoredInvitation } from './stored-invitation.ts';

/** What one run did in an organization. `waiting` could not be sent this time either. */
export interface Upkeep {
  readonly expired: number;
  readonly sent: number;
  readonly waiting: number;
}

const settledMs = 5 * 60_000;

/**
 * What an organization's invitations need every hour: those whose time is over give back seat and address, and those that are
 * queued are sent. The first that the provider doesn't take ends the sending for this run. Running it twice does no harm.
 */
export async function keepInvitations(
  scope: OrganizationScope,
  actor: Actor,
  sender: InvitationSender,
  now: Date,
): Promise<Upkeep> {
  const { pendingInvitations } = await countsOf(scope);
  if (pendingInvitations === 0) return { expired: 0, sent: 0, waiting: 0 };
  const open = await openInvitations(scope);
  let expired = 0;
  for (const invitation of open.filter((each) => isOverdue(each, now)))
    expired += (await settleExpired(scope, actor, invitation, now)) ? 1 : 0;
  const queued = open.filter((each) => isQueued(each, now));
  const sent = await sendInTurn(queued, async (each) => {
    const { delivery } = await deliver(scope, actor, each, sender, now);
    return delivery !== 'queued';
  });
  return { expired, sent, waiting: queued.length - sent };
}

async function openInvitations({ organizationId, client, table }: OrganizationScope) {
  const { data } = await InvitationEntity.query
    .primary({ organizationId })
    .where(({ status }, { eq }) => eq(status, 'pending'))
    .go({ client, table, pages: 'all' });
  return data;
}

/** Young ones are left to the request that made them, which may be sending them at this moment. */
const isQueued = (invitation: StoredInvitation, now: Date) =>
  invitation.delivery === 'queued' &&
  !isOverdue(invitation, now) &&
  Date.parse(invitation.updatedAt) <= now.getTime() - settledMs;

async function sendInTurn<Each>(
  queue: readonly Each[],
  send: (each: Each) => Promise<boolean>,
): Promise<number> {
  for (const [sent, each] of queue.entries()) if (!(await send(each))) return sent;
  return queue.length;
}
