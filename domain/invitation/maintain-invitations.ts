import type { Actor } from '../actor.ts';
import type { Context } from '../context.ts';
import type { OrganizationId, UserId } from '../ids.ts';
import { completeNames } from '../kpi/kpi-names.ts';
import { itemKinds } from '../nouns.ts';
import { countsOf } from '../organization/counts.ts';
import {
  type DirectoryPosition,
  directoryPosition,
  organizationsOfShard,
} from '../organization/read-directory.ts';
import { entityOf } from '../table/entity.ts';
import { expireParts } from '../table/parts.ts';
import type { ControlPlane, OpenOrganization, OrganizationScope } from '../table/scope.ts';
import { claimMembers, memberClaims, membershipIn } from '../user/member-claims.ts';
import { orderUsers } from '../user/order-users.ts';
import { type LinkPerson, sendUnlinks } from '../user/unlink-outbox.ts';
import { expireInvitation } from './expire-invitation.ts';
import { isOverdue, type StoredInvitation } from './find-invitation.ts';
import { InvitationItem } from './invitation.noun.ts';
import { type InvitationSender, sendInvitation } from './send-invitation.ts';

/** What one run did in an organization. `waiting` is the number that still couldn't be sent. */
interface Maintenance {
  readonly expired: number;
  readonly sent: number;
  readonly waiting: number;
}

const settledMs = 5 * 60_000;

/**
 * The hourly maintenance of an organization's invitations: expired ones release their seat and address,
 * queued ones are sent. The first one that the provider can't accept now ends sending for this run.
 * Idempotent.
 */
export async function maintainInvitations(ctx: Context, sender: InvitationSender): Promise<Maintenance> {
  const { scope, now } = ctx;
  const { pendingInvitations } = await countsOf(scope);
  if (pendingInvitations === 0) return { expired: 0, sent: 0, waiting: 0 };
  const open = await openInvitations(scope);
  let expired = 0;
  for (const invitation of open.filter((each) => isOverdue(each, now)))
    expired += (await expireInvitation(ctx, invitation)) ? 1 : 0;
  const queued = open.filter((each) => isQueued(each, now));
  let sent = 0;
  for (const invitation of queued) {
    const { delivery } = await sendInvitation(ctx, invitation, sender);
    if (delivery === 'queued') break;
    sent += 1;
  }
  return { expired, sent, waiting: queued.length - sent };
}

async function openInvitations({ organizationId, client, table }: OrganizationScope) {
  const { data } = await entityOf(InvitationItem)
    .query.primary({ organizationId })
    .where(({ status }, { eq }) => eq(status, 'pending'))
    .go({ client, table, pages: 'all' });
  return data;
}

/** Recent ones may still be sent by the request that created them. */
const isQueued = (invitation: StoredInvitation, now: Date) =>
  invitation.delivery === 'queued' &&
  !isOverdue(invitation, now) &&
  Date.parse(invitation.updatedAt) <= now.getTime() - settledMs;

interface ShardMaintenance extends Maintenance {
  readonly organizations: number;
  /** Removed members who were unlinked at the identity provider. */
  readonly forgotten: number;
  /** Check-ins of deleted KPIs that now expire. */
  readonly outdated: number;
  /** Users of an earlier version who were assigned positions in the lists by name and joining time. */
  readonly ordered: number;
  /** Members of a second organization, checked once a day. */
  readonly membersTwice: readonly { readonly organizationId: OrganizationId; readonly userId: UserId }[];
  /** The errors, one for each organization that was skipped. */
  readonly failures: readonly unknown[];
}

const pageSize = 100;

/** The hour (UTC) of the run that also checks all members' claims. */
const claimsHour = 3;

interface Dependencies {
  readonly directory: ControlPlane;
  /** The scope of members' claims. */
  readonly platform: OrganizationScope;
  readonly open: OpenOrganization;
  readonly sender: InvitationSender;
  readonly link: LinkPerson;
}

/**
 * Runs `maintainInvitations`, `sendUnlinks`, `expireParts`, `orderUsers` and `completeNames` for every
 * organization of a directory shard, one after another, and `claimMembers` once a day.
 * @param clock read for each organization: a run may take longer than the audit log tolerates a wrong time
 */
export async function maintainShard(
  { directory, platform, open, sender, link }: Dependencies,
  { shard, actor }: { readonly shard: number; readonly actor: Actor },
  clock: () => Date,
): Promise<ShardMaintenance> {
  const total = { organizations: 0, expired: 0, sent: 0, waiting: 0, forgotten: 0, outdated: 0, ordered: 0 };
  const membersTwice: { organizationId: OrganizationId; userId: UserId }[] = [];
  const failures: unknown[] = [];
  const claims = memberClaims(platform, membershipIn(open));
  const claimsMembers = clock().getUTCHours() === claimsHour;
  let position: DirectoryPosition | undefined;
  do {
    const page = await organizationsOfShard(directory, shard, position, pageSize);
    for (const { id, frozenAt } of page)
      try {
        const scope = open(id);
        const now = clock();
        const ctx = { scope, actor, now };
        total.forgotten += await sendUnlinks(scope, link);
        // A leaving organization stays as it was when it was frozen.
        if (frozenAt !== undefined) continue;
        total.outdated += await expireParts(ctx, itemKinds);
        total.ordered += await orderUsers(scope);
        total.ordered += await completeNames(ctx);
        const { expired, sent, waiting } = await maintainInvitations(ctx, sender);
        total.expired += expired;
        total.sent += sent;
        total.waiting += waiting;
        if (claimsMembers)
          for (const userId of await claimMembers(platform, claims, scope, now))
            membersTwice.push({ organizationId: id, userId });
      } catch (error) {
        failures.push(error);
      }
    total.organizations += page.length;
    const last = page.length < pageSize ? undefined : page.at(-1);
    position = last && directoryPosition(last);
  } while (position !== undefined);
  return { ...total, membersTwice, failures };
}
