import { GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Permission } from '../../../domain/access/permission.ts';
import { newOrganizationId, newSupportAccessId, PLATFORM, UserId } from '../../../domain/ids.ts';
import { User } from '../../../domain/user/profile.schema.ts';
import { isVisitor, organizationVisits } from '../../../functions/http/steps/visit-organization.ts';
import { teamRoutes } from '../../../functions/http/team/routes.ts';
import { anEvent } from './support/event.ts';
import { scope, superAdmin, thingsApi, thingsPath } from './support/things.ts';

const dynamodb = mockClient(scope.client);
const supportAccessId = newSupportAccessId(new Date());
const soon = () => new Date(Date.now() + 60_000).toISOString();

/** The calling super admin's visit, as stored in the table. */
const visiting = (changed: object = {}) =>
  dynamodb.on(GetCommand).resolves({
    Item: {
      ...{ organizationId: scope.organizationId, operatorId: 'user_1', supportAccessId },
      ...{ mode: 'read', state: 'open', until: soon(), entity: 'supportVisit', entityVersion: '1' },
      ...changed,
    },
  });

beforeEach(() => {
  dynamodb.reset().on(GetCommand).resolves({});
  dynamodb.on(TransactWriteCommand).resolves({});
});

const send = (routeKey: string) =>
  thingsApi({ member: superAdmin, supportStage: 'reasoned' })(routeKey, { body: '{}' });

describe('a super admin’s request to an organization', () => {
  it('is refused without support access, before anything is read of it', async () => {
    dynamodb.on(GetCommand).resolves({});
    const answer = await send(`GET ${thingsPath}`);
    expect([answer.statusCode, answer.problem().reason]).toEqual([403, 'support_access_needed']);
  });

  it.each([
    ['waits for an admin', { state: 'requested' }, 'support_access_waits'],
    ['has run out', { until: new Date(Date.now() - 1).toISOString() }, 'support_access_needed'],
  ])('is refused while it %s', async (_, changed, reason) => {
    visiting(changed);
    expect((await send(`GET ${thingsPath}`)).problem().reason).toBe(reason);
  });

  it('is refused where the stage says nothing of how they enter', async () => {
    dynamodb.on(GetCommand).resolves({});
    const asked = thingsApi({ member: superAdmin, supportStage: undefined })(`GET ${thingsPath}`);
    expect((await asked).problem().reason).toBe('support_access_needed');
  });

  it('is answered once what they see is recorded, once for each page', async () => {
    visiting();
    const api = thingsApi({ member: superAdmin, supportStage: 'reasoned' });
    for (const _ of [1, 2, 3]) expect((await api(`GET ${thingsPath}`)).statusCode).toBe(200);
    const [recorded, ...more] = dynamodb.commandCalls(TransactWriteCommand);
    expect(more).toEqual([]);
    expect(recorded?.args[0].input.TransactItems?.[0]?.Put?.Item).toMatchObject({
      ...{ access: { seen: 'Team' }, about: `supportAccess/${supportAccessId}` },
      changed: { by: 'user_1', supportAccess: supportAccessId, action: 'support-access.viewed' },
    });
  });

  it('is answered with nothing when that can’t be recorded, and is recorded when it is asked again', async () => {
    visiting();
    dynamodb.on(TransactWriteCommand).rejectsOnce(new Error('the table is away')).resolves({});
    const api = thingsApi({ member: superAdmin, supportStage: 'reasoned' });
    const refused = await api(`GET ${thingsPath}/asked`);
    expect(refused.statusCode).toBe(500);
    expect(refused.body).not.toContain('A thing');
    expect((await api(`GET ${thingsPath}/asked`)).statusCode).toBe(200);
    expect(dynamodb.commandCalls(TransactWriteCommand)).toHaveLength(2);
  });

  it('doesn’t record what wasn’t found or was refused', async () => {
    visiting();
    expect((await send(`GET ${thingsPath}/unasked`)).statusCode).toBe(500);
    expect((await send(`PATCH ${thingsPath}`)).problem().reason).toBe('support_access_is_read_only');
    expect(dynamodb.commandCalls(TransactWriteCommand)).toEqual([]);
  });
});

const { organizationId } = scope;
const noon = new Date('2026-11-25T12:00:00.000Z');
const root = User.parse({
  ...{ userId: UserId.parse('user_1'), ...superAdmin, email: 'root@example.com', name: 'Root' },
  ...{ revision: 1, createdAt: noon.toISOString(), updatedAt: noon.toISOString() },
});
/** Adds a user of the organization to the mocked table. */
const there = (changed: object = {}, userId = 'user_2') =>
  dynamodb.on(GetCommand, { Key: { pk: `${organizationId}#user`, sk: userId } }).resolves({
    Item: {
      ...{ organizationId, userId, email: 'eve@example.com', name: 'Eve', role: 'team_member' },
      ...{ status: 'active', teams: {}, revision: 1, createdAt: noon.toISOString() },
      ...{ updatedAt: noon.toISOString(), entity: 'user', entityVersion: '1', ...changed },
    },
  });

interface Asked {
  readonly method?: 'GET' | 'POST';
  readonly permission?: Permission;
  readonly pathParameters?: Readonly<Record<string, string | undefined>> | undefined;
  readonly now?: Date;
}

/** Enters the organization as a super admin, once per call, in one execution environment. */
function entering(visit = organizationVisits()) {
  return async ({ method = 'GET', permission, pathParameters, now = noon }: Asked = {}) => {
    const access = {
      kind: 'organization' as const,
      ...(permission ?? { action: 'list', subject: 'Team' }),
    } as const;
    const { access: _, ...row } = teamRoutes.listTeams;
    const request = {
      ...{ ...anEvent(), now, requestId: 'request-1', settlements: [] },
      ...(pathParameters === undefined ? {} : { pathParameters }),
      matched: { name: 'listTeams', route: { ...row, method, access }, handle: async () => undefined },
      seen: { tier: '', isForwarded: false },
    };
    const actor = { by: root.userId, role: root.role, requestId: 'request-1' };
    return await visit({ ctx: { scope, actor, now }, member: root }, access, request);
  };
}

const recorded = () =>
  dynamodb
    .commandCalls(TransactWriteCommand)
    .map(({ args: [{ input }] }) => input.TransactItems?.[0]?.Put?.Item?.access);

const inTime = { until: '2026-11-26T00:00:00.000Z' };
const manage = { action: 'create', subject: 'SupportAccess' } as const;
const readsTeam = { action: 'read', subject: 'Team' } as const;

describe('who visits an organization', () => {
  it.each([
    ['one of the platform in an organization', PLATFORM, 'organization', true],
    ['one of the platform on a route of the platform', PLATFORM, 'platform', false],
    ['a member in their organization', newOrganizationId(noon), 'organization', false],
  ] as const)('is decided by whose they are, and by where: %s', (_, home, kind, expected) => {
    expect(isVisitor({ ...root, organizationId: home }, { ...readsTeam, kind })).toBe(expected);
  });
});

describe('a visit', () => {
  it('to read is the operator’s own, names its support access, and changes nothing', async () => {
    visiting(inTime);
    const { ctx, member, ability, recordRead } = await entering()();
    expect(ctx).toEqual({
      ...{ scope, now: noon },
      actor: { by: 'user_1', role: 'super_admin', requestId: 'request-1', supportAccess: supportAccessId },
    });
    expect(member).toBe(root);
    expect([ability.can('list', 'Team'), ability.can('update', 'Team')]).toEqual([true, false]);
    expect(recordRead).toBeDefined();
  });

  it('to change writes only while it is open, and leaves what it reads for that unrecorded', async () => {
    visiting({ ...inTime, mode: 'change' });
    const { ctx, recordRead } = await entering()({
      method: 'POST',
      permission: { action: 'create', subject: 'Team' },
    });
    expect(ctx.actor.supportAccess).toBe(supportAccessId);
    expect(ctx.scope.whileHolds).toBeInstanceOf(Function);
    expect(recordRead).toBeUndefined();
  });

  it.each([
    ['nothing', {}],
    ['an open one', inTime],
    ['one that waits', { ...inTime, state: 'requested' }],
    ['a view as a user', { ...inTime, viewingAs: 'user_2' }],
  ])('may always ask for support access and end it, with %s', async (what, changed) => {
    if (what !== 'nothing') visiting(changed);
    dynamodb.on(GetCommand, { Key: { pk: `${organizationId}#user`, sk: 'user_2' } }).resolves({});
    const isOpen = what === 'an open one' || what === 'a view as a user';
    for (const method of ['GET', 'POST'] as const) {
      const { ctx, ability, recordRead } = await entering()({ method, permission: manage });
      expect(ability.can('create', 'SupportAccess')).toBe(true);
      expect(ctx.actor.supportAccess).toBe(isOpen ? supportAccessId : undefined);
      expect([ctx.scope.whileHolds, recordRead]).toEqual([undefined, undefined]);
    }
    const consent = await entering()({
      method: 'POST',
      permission: { action: 'create', subject: 'SupportConsent' },
    });
    expect(consent.ability.can('create', 'SupportConsent')).toBe(false);
  });

  it('without support access is of the profile and counts, which isn’t recorded, and changes neither', async () => {
    dynamodb.on(GetCommand).resolves({});
    const enter = entering();
    const { ctx, member, recordRead } = await enter({
      permission: { action: 'read', subject: 'Organization' },
    });
    expect(ctx.actor).not.toHaveProperty('supportAccess');
    expect([member, recordRead]).toEqual([root, undefined]);
    const changing = enter({ method: 'POST', permission: { action: 'read', subject: 'Organization' } });
    await expect(changing).rejects.toMatchObject({ reason: 'support_access_needed' });
    await expect(enter()).rejects.toMatchObject({ reason: 'support_access_needed' });
  });

  it('as a user is theirs to read: what they may, and nothing that they may change', async () => {
    visiting({ ...inTime, mode: 'change', viewingAs: 'user_2' });
    there();
    const enter = entering();
    const { ctx, member, ability, recordRead } = await enter();
    expect(member).toMatchObject({ userId: 'user_2', name: 'Eve' });
    expect(ctx.actor).toMatchObject({ by: 'user_1', supportAccess: supportAccessId });
    expect([ability.can('list', 'Team'), ability.can('list', 'AuditEntry')]).toEqual([true, false]);
    await recordRead?.();
    expect(recorded()).toEqual([{ seen: 'Team', viewedAs: 'user_2' }]);
    await expect(enter({ method: 'POST' })).rejects.toMatchObject({ reason: 'support_access_views_only' });
  });

  it.each([
    ['is deactivated', { status: 'deactivated' }],
    ['is gone', null],
  ])('as a user who %s sees nothing', async (_, changed) => {
    visiting({ ...inTime, viewingAs: 'user_2' });
    const key = { Key: { pk: `${organizationId}#user`, sk: 'user_2' } };
    if (changed === null) dynamodb.on(GetCommand, key).resolves({});
    else there(changed);
    for (const method of ['GET', 'POST'] as const)
      await expect(entering()({ method })).rejects.toMatchObject({ reason: 'viewed_user_gone' });
    const { member, ability } = await entering()({ permission: manage });
    expect([member, ability.can('read', 'Team')]).toEqual([root, false]);
  });
});

describe('what a visit has seen', () => {
  const teams = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => `team_${from + index}`);

  function looking() {
    const enter = entering();
    return async (asked: Asked) => await (await enter(asked)).recordRead?.();
  }
  const page = (teamId: string) => ({ permission: readsTeam, pathParameters: { organizationId, teamId } });

  it('is named by what the path names first, or else by its kind', async () => {
    visiting(inTime);
    const look = looking();
    await look({ pathParameters: undefined });
    await look({ permission: { action: 'list', subject: 'Kpi' }, pathParameters: { organizationId } });
    const gone = { organizationId, kpiId: undefined };
    await look({ permission: { action: 'read', subject: 'Analytics' }, pathParameters: gone });
    await look({
      permission: readsTeam,
      pathParameters: { organizationId, teamId: 'team_1', userId: 'user_3' },
    });
    expect(recorded()).toEqual([
      ...[{ seen: 'Team' }, { seen: 'Kpi' }, { seen: 'Analytics' }],
      { seen: 'team', thing: 'team_1' },
    ]);
  });

  it('is a hundred things of a kind in an hour, and the kind for all beyond', async () => {
    visiting(inTime);
    const look = looking();
    await look({});
    for (const team of teams(0, 102)) await look(page(team));
    await look(page('team_0'));
    const named = teams(0, 100).map((thing) => ({ seen: 'team', thing }));
    expect(recorded()).toEqual([{ seen: 'Team' }, ...named]);
    const person = {
      permission: { action: 'read', subject: 'User' },
      pathParameters: { organizationId, userId: 'user_3' },
    } as const;
    await look(person);
    expect(recorded().at(-1)).toEqual({ seen: 'user', thing: 'user_3' });
  });

  it('is told by its kind once it is more than a hundred, and things anew in the next hour', async () => {
    visiting(inTime);
    const look = looking();
    for (const team of teams(0, 102)) await look(page(team));
    expect(recorded()).toHaveLength(101);
    expect(recorded().at(-1)).toEqual({ seen: 'Team' });
    const later = new Date(noon.getTime() + 3_600_000);
    for (const _ of [1, 2]) await look({ ...page('team_0'), now: later });
    expect(recorded()).toHaveLength(102);
    expect(recorded().at(-1)).toEqual({ seen: 'team', thing: 'team_0' });
  });

  it('is told again by another support access, and by a view as somebody', async () => {
    const look = looking();
    const views = [{ viewingAs: 'user_2' }, { viewingAs: 'user_3' }];
    for (const changed of [{}, { supportAccessId: newSupportAccessId(noon) }, ...views]) {
      visiting({ ...inTime, ...changed });
      for (const id of ['user_2', 'user_3']) there({}, id);
      await look({});
    }
    const viewed = [{ viewedAs: 'user_2' }, { viewedAs: 'user_3' }];
    expect(recorded()).toEqual([{}, {}, ...viewed].map((as) => ({ seen: 'Team', ...as })));
  });
});
