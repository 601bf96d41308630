import { nameOrder } from '../../../domain/folded-text.ts';
import { newInvitationId, PLATFORM, UserId } from '../../../domain/ids.ts';
import { InvitationItem, noTeam } from '../../../domain/invitation/invitation.noun.ts';
import { KpiNamesItem } from '../../../domain/kpi/kpi.noun.ts';
import {
  type ControlPlane,
  type OrganizationScope,
  withinOrganization,
} from '../../../domain/table/scope.ts';
import { transact } from '../../../domain/table/transaction.ts';
import { create, fresh } from '../../../domain/table/writes.ts';
import { recordActivity } from '../../../domain/usage/record-activity.ts';
import { MemberClaimItem, UserItem } from '../../../domain/user/user.noun.ts';
import type { DriftParts } from '../../../functions/clerk/drift.ts';
import type { ClerkUser } from '../../../functions/clerk/webhook.ts';
import { foundedOf } from '../../support/numbered-organizations.ts';

/** An organization with one active member and one open invitation; Clerk has both. */
export interface Founded {
  readonly scope: OrganizationScope;
  readonly user: ClerkUser & { readonly created_at: number };
  readonly letter: { readonly id: string; readonly updated_at: number; readonly public_metadata: object };
}

const actor = { by: 'user_root', role: 'super_admin', requestId: 'bench' } as const;
const inATransaction = 20;

function one(plane: ControlPlane, number: number, now: Date) {
  const { scope, write } = foundedOf(plane, number, now);
  const { organizationId } = scope;
  const digits = String(number).padStart(5, '0');
  const userId = UserId.parse(`user_${digits}`);
  const ctx = { scope, actor, now };
  const person = { userId, email: `m${digits}@people.example`, name: `Member ${digits}` };
  const member = { ...person, nameOrder: nameOrder(person.name), role: 'org_admin' } as const;
  const state = { role: 'team_member', teamKey: noTeam, status: 'pending', delivery: 'sent' } as const;
  const invitation = {
    ...{ invitationId: newInvitationId(now), email: `i${digits}@people.example`, name: 'Iris' },
    ...{ ...state, invitedBy: userId },
    validUntil: new Date(now.getTime() + 400 * 86_400_000).toISOString(),
  };
  const [created_at, updated_at] = [number + 1, now.getTime()];
  return {
    writes: [
      write,
      create(scope, KpiNamesItem, { since: now.toISOString() }),
      create(scope, UserItem, fresh(ctx, UserItem, member, 'user.joined')),
      create(scope, InvitationItem, fresh(ctx, InvitationItem, invitation, 'invitation.created')),
      create(withinOrganization(plane, PLATFORM), MemberClaimItem, {
        ...{ userId, memberOf: organizationId, claimedAt: now.toISOString() },
      }),
    ],
    founded: {
      scope,
      user: {
        ...{ id: userId, created_at, updated_at, first_name: 'Member', last_name: digits },
        primary_email_address_id: 'idn',
        email_addresses: [{ id: 'idn', email_address: person.email, verification: { status: 'verified' } }],
        public_metadata: { organizationId },
      },
      letter: {
        id: `inv_${digits}`,
        updated_at,
        public_metadata: { organizationId, invitationId: invitation.invitationId },
      },
    } satisfies Founded,
  };
}

/** Founds organizations with numbers from one up to, excluding, another. */
export async function found(plane: ControlPlane, from: number, to: number, now: Date): Promise<Founded[]> {
  const all: Founded[] = [];
  for (let next = from; next < to; next += inATransaction) {
    const count = Math.min(inATransaction, to - next);
    const some = Array.from({ length: count }, (_, index) => one(plane, next + index, now));
    await transact(
      plane,
      some.flatMap(({ writes }) => writes),
    );
    await Promise.all(some.map(({ founded }) => recordActivity(founded.scope, founded.user.id, now)));
    all.push(...some.map(({ founded }) => founded));
  }
  return all;
}

/** The part of Clerk's API that the comparison calls, for the founded organizations. */
export const clerkOf = (founded: readonly Founded[]): DriftParts['clerk'] => ({
  async call(_, path) {
    const { pathname, searchParams: query } = new URL(path, 'https://clerk.example');
    const [offset, limit] = [Number(query.get('offset')), Number(query.get('limit'))];
    const since = Number(query.get('created_at_after') ?? '0');
    const ids = new Set(query.getAll('user_id'));
    const users = founded.map(({ user }) => user);
    const rows =
      pathname === '/invitations'
        ? founded.map(({ letter }) => letter)
        : users.filter(({ id, created_at }) => created_at > since && (ids.size === 0 || ids.has(id)));
    return Response.json(rows.slice(offset, offset + limit));
  },
});
