import { describe, expect, it, vi } from 'vitest';
import { abilityOf, rulesFor } from '../../../domain/access/ability.ts';
import type { Role } from '../../../domain/access/roles.schema.ts';
import { newOrganizationId, type OrganizationId, PLATFORM, UserId } from '../../../domain/ids.ts';
import { User } from '../../../domain/user/profile.schema.ts';
import type { Settle } from '../../../functions/http/request.ts';
import type { RoleAccess } from '../../../functions/http/route.ts';
import { openSession, type Tenancy } from '../../../functions/http/steps/open-session.ts';
import { teamRoutes } from '../../../functions/http/team/routes.ts';
import { anEvent } from './support/event.ts';

const now = new Date();
const organizationId = newOrganizationId(now);
const scope = { organizationId, table: 't', client: Object.create(null) };
const userId = UserId.parse('user_1');
const at = now.toISOString();
const user = (role: Role, home: OrganizationId) =>
  User.parse({
    ...{ userId, organizationId: home, email: 'ann@example.com', name: 'Ann', role },
    ...{ revision: 1, createdAt: at, updatedAt: at },
  });
const ann = user('org_admin', organizationId);
const root = user('super_admin', PLATFORM);
const caller = {
  identity: { userId, sessionId: 'sess_1', organizationId },
  actor: { by: userId, role: 'team_member', requestId: 'request-1' },
} as const;
const ofTeams: RoleAccess = { kind: 'organization', action: 'create', subject: 'Team' };
const ofPlatform: RoleAccess = { kind: 'platform', action: 'create', subject: 'Organization' };

type Membership = Awaited<ReturnType<Tenancy['memberOf']>>;
type Visit = Parameters<typeof openSession>[3]['visit'];
interface Given {
  readonly membership?: Membership | Error;
  readonly access?: RoleAccess;
  readonly pathParameters?: Record<string, string> | undefined;
  readonly isCounted?: boolean;
  readonly visit?: Visit;
}

/** Opens a session and returns the mocks that it calls on the way. */
function asking(given: Given) {
  const { membership = { user: ann, organization: null }, access = ofTeams, isCounted = true } = given;
  const pathParameters = 'pathParameters' in given ? given.pathParameters : { organizationId };
  const { access: _, ...row } = teamRoutes.createTeam;
  const settlements: Settle[] = [];
  const request = {
    ...{ ...anEvent(), now, requestId: 'request-1', settlements },
    ...(pathParameters === undefined ? {} : { pathParameters }),
    matched: { name: 'createTeam', route: { ...row, access }, handle: async () => undefined },
    seen: { tier: '', isForwarded: false },
  };
  const enter = vi.fn<Tenancy['enter']>(async () => ({ scope, organization: null }));
  const memberOf = async () => {
    if (membership instanceof Error) throw membership;
    return membership;
  };
  const admit = vi.fn(async () => undefined);
  const audit = {
    recordSession: vi.fn(() => undefined),
    recordRefusal: vi.fn(async () => undefined),
  };
  const home = isCounted ? scope : undefined;
  const input = { caller, access, home, admit, visit: given.visit };
  const settle = async (error?: Error) => {
    for (const owed of settlements) await owed(error === undefined ? { answer: {} } : { error });
  };
  return {
    ...{ enter, admit, audit, settle, request },
    opened: openSession({ memberOf, enter }, audit, request, input),
  };
}

describe('a session', () => {
  it('is a member’s, by their name and in the role that the table says', async () => {
    const { opened, enter, admit, request } = asking({});
    expect(await opened).toMatchObject({
      ctx: { scope, now, actor: { by: userId, role: 'org_admin', requestId: 'request-1', name: 'Ann' } },
      ...{ member: ann, organization: null },
      instance: { organizationId, userId: undefined, teamId: undefined },
    });
    expect(admit).toHaveBeenCalledWith(undefined, 'org_admin');
    expect(enter).toHaveBeenCalledWith(organizationId, {
      ...{ member: ann, home: null, request, machine: undefined },
    });
  });

  it('of an API key is by the key’s name, and by its rules instead of those of who made it', async () => {
    const conditions = { organizationId };
    const machine = { name: 'Nightly', scopes: [] };
    const rule = { action: 'create', subject: 'Team', conditions } as const;
    const { opened, audit, settle } = asking({
      membership: { user: ann, organization: null, machine: { ...machine, rules: [rule] } },
    });
    expect((await opened).ctx.actor).toMatchObject({ by: userId, name: 'Nightly' });
    await settle();
    expect(audit.recordSession).not.toHaveBeenCalled();
    const nothing = asking({
      membership: { user: ann, organization: null, machine: { ...machine, rules: [] } },
    });
    await expect(nothing.opened).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('is told to the trail once, and what it is refused too, but not where requests are nobody’s', async () => {
    const told = asking({});
    await told.opened;
    await told.settle();
    const audited = {
      actor: { by: userId, role: 'org_admin', requestId: 'request-1', name: 'Ann' },
      ...{ identity: caller.identity, home: scope, isMember: true },
    };
    expect(told.audit.recordSession.mock.calls).toEqual([[audited, told.request]]);
    expect(told.audit.recordRefusal).not.toHaveBeenCalled();
    const error = new Error('refused');
    await told.settle(error);
    expect(told.audit.recordRefusal.mock.calls).toEqual([[audited, told.request, error]]);
    const nobodys = asking({ isCounted: false });
    await nobodys.opened;
    expect(nobodys.request.settlements).toEqual([]);
  });

  it('isn’t opened for who is no member, which the platform is told of where it is asked', async () => {
    const membership = new Error('no member');
    const stranger = asking({ membership });
    await expect(stranger.opened).rejects.toBe(membership);
    await stranger.settle();
    expect(stranger.audit.recordRefusal.mock.calls).toEqual([
      [{ ...caller, home: scope, isMember: false }, stranger.request, membership],
    ]);
    const elsewhere = asking({ membership, isCounted: false });
    await expect(elsewhere.opened).rejects.toBe(membership);
    expect(elsewhere.request.settlements).toEqual([]);
  });

  it('of the platform’s routes is on the platform, and no member of an organization has one', async () => {
    const platforms = { access: ofPlatform, pathParameters: undefined };
    const { opened, enter } = asking({ ...platforms, membership: { user: root, organization: null } });
    expect((await opened).instance).toMatchObject({ organizationId: PLATFORM });
    expect(enter.mock.calls[0]?.[0]).toBe(PLATFORM);
    await expect(asking(platforms).opened).rejects.toMatchObject({ code: 'forbidden' });
  });

  it.each([
    ['an admin on a path without an organization', ann, undefined],
    ['an admin in another organization', ann, { organizationId: newOrganizationId(now) }],
    ['who is on the platform without its role', user('org_admin', PLATFORM), { organizationId }],
    [
      'who has the role without being on the platform',
      user('super_admin', newOrganizationId(now)),
      { organizationId },
    ],
  ] as const)(
    'isn’t opened for %s, as if there were no such organization',
    async (_, who, pathParameters) => {
      const { opened, enter } = asking({ membership: { user: who, organization: null }, pathParameters });
      await expect(opened).rejects.toMatchObject({ code: 'not_found', reason: 'organization_not_found' });
      expect(enter).not.toHaveBeenCalled();
    },
  );

  it('of the platform’s people in an organization goes through their support access, others’ don’t', async () => {
    const ability = abilityOf(rulesFor(ann));
    const visit = vi.fn<NonNullable<Visit>>(async ({ ctx }) => ({ ctx, member: ann, ability }));
    const entering = { membership: { user: root, organization: null }, visit } as const;
    const { opened, request } = asking(entering);
    expect((await opened).member).toBe(ann);
    expect(visit.mock.calls[0]).toEqual([expect.objectContaining({ member: root }), ofTeams, request]);
    await asking({ visit }).opened;
    await asking({ ...entering, access: ofPlatform }).opened;
    expect(visit).toHaveBeenCalledTimes(1);
    expect((await asking({ membership: { user: root, organization: null } }).opened).member).toBe(root);
  });
});
