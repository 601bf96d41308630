import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashOf } from '../../../../domain/import/reconcile-import.ts';
import { unstorable } from '../../../../domain/table/storable.ts';
import { type Export, kindsOf, plan } from './planning.ts';

const ids = fc.constantFrom('a', 'b', 'c', 'd');
const users = fc.constantFrom('user_a', 'user_b', 'user_c', 'clerk-1');
const names = fc.constantFrom('Acme', 'ACME', 'Birch', '', 'x'.repeat(200));
const half = fc.constantFrom('half of a character: \ud83d', { constructor: 1e-140 });
const oddly = (value: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 6, arbitrary: value }, fc.jsonValue(), half);
const document = (fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record(
    { _id: oddly(ids), _creationTime: oddly(fc.constant(1_680_000_000_000.5)), ...fields },
    { requiredKeys: ['_creationTime'] },
  );

const role = fc.constantFrom('super_admin', 'org_admin', 'team_leader', 'team_member', 'owner');
const member = document({
  userId: oddly(users),
  role: oddly(fc.constantFrom('admin', 'leader', 'member')),
  joinedAt: oddly(fc.constant('2023-01-01')),
});
const rows = {
  organizations: document({
    name: oddly(names),
    status: oddly(fc.constantFrom('active', 'inactive')),
    subscription: oddly(fc.constant({ plan: 'growth' })),
  }),
  users: document({
    userId: oddly(users),
    email: oddly(fc.constantFrom('a@example.com', 'b@example.com')),
    role: oddly(role),
    organizationId: oddly(ids),
  }),
  teams: document({
    name: oddly(names),
    organizationId: oddly(ids),
    leaderId: oddly(users),
    members: oddly(fc.array(member, { maxLength: 4 })),
    extra: oddly(ids),
  }),
  auditLogs: document({
    userId: oddly(users),
    action: oddly(fc.constant('x.y')),
    organizationId: oddly(ids),
    details: oddly(fc.jsonValue()),
    timestamp: oddly(fc.date()),
  }),
};
const line = (row: fc.Arbitrary<unknown>) =>
  fc.oneof(
    { weight: 9, arbitrary: row.map((value) => JSON.stringify(value)) },
    fc.string().filter((text) => text.trim() !== ''),
  );
const exports = fc.record({
  organizations: fc.array(line(rows.organizations), { maxLength: 4 }),
  users: fc.array(line(rows.users), { maxLength: 6 }),
  teams: fc.array(line(rows.teams), { maxLength: 4 }),
  auditLogs: fc.array(line(rows.auditLogs), { maxLength: 4 }),
});

const count = (tables: Export) => Object.values(tables).reduce((sum, lines) => sum + lines.length, 0);

describe('planning any export', () => {
  it('imports only what the table holds', async () => {
    await fc.assert(
      fc.asyncProperty(exports, async (tables) => {
        const { outcomes } = await plan(tables);
        for (const { imported } of outcomes)
          expect(unstorable(imported?.kind === 'auditEntry' ? imported.entry : imported)).toBeUndefined();
      }),
    );
  });

  it('drops nothing: each line is imported or kept whole, and a team’s members are all somewhere', async () => {
    await fc.assert(
      fc.asyncProperty(exports, async (tables) => {
        const { outcomes } = await plan(tables);
        expect(outcomes).toHaveLength(count(tables));
        for (const { imported, verdict, quarantined, source } of outcomes) {
          const whole = quarantined.filter(({ part }) => part === undefined);
          expect(whole).toHaveLength(verdict === 'imported' || verdict === 'mapped' ? 0 : 1);
          expect(imported === undefined).toBe(verdict !== 'imported');
          if (imported?.kind !== 'team') continue;
          const { members } = JSON.parse(source.text);
          // The unknown parts of an imported member are kept as well, and don't count as a member.
          const kept = quarantined.filter(
            ({ part, reason }) => /^members\[\d+\]$/.test(part ?? '') && reason !== 'fields-kept',
          );
          const added = kindsOf({
            findings: outcomes.flatMap((one) => (one.source === source ? one.findings : [])),
          });
          const leader = added.includes('leader-not-a-member') ? 1 : 0;
          expect(imported.members.length - leader + kept.length).toBe(
            Array.isArray(members) ? members.length : 0,
          );
        }
      }),
    );
  });

  it('comes to the same each time', async () => {
    await fc.assert(
      fc.asyncProperty(exports, async (tables) => {
        const hashes = async () =>
          (await plan(tables)).outcomes.map(({ imported, verdict }) =>
            imported === undefined ? verdict : hashOf(imported),
          );
        expect(await hashes()).toEqual(await hashes());
      }),
    );
  });

  it('keeps the product’s rules: one organization and one address a user, one leader a team, one name an organization', async () => {
    await fc.assert(
      fc.asyncProperty(exports, async (tables) => {
        const items = (await plan(tables)).outcomes.flatMap(({ imported }) =>
          imported === undefined ? [] : [imported],
        );
        const unique = (values: string[]) => expect(new Set(values).size).toBe(values.length);
        unique(items.flatMap((item) => (item.kind === 'user' ? [item.userId] : [])));
        unique(
          items.flatMap((item) => (item.kind === 'user' ? [`${item.organizationId} ${item.email}`] : [])),
        );
        unique(items.flatMap((item) => (item.kind === 'organization' ? [item.name.toLowerCase()] : [])));
        const home = new Map(
          items.flatMap((item) => (item.kind === 'user' ? [[item.userId, item] as const] : [])),
        );
        for (const item of items) {
          if (item.kind !== 'team') continue;
          unique(item.members.map(({ userId }) => userId));
          const leaders = item.members.filter((one) => one.role === 'leader');
          expect(leaders.length).toBeLessThan(2);
          for (const { userId } of item.members)
            expect(home.get(userId)?.organizationId).toBe(item.organizationId);
          for (const { userId } of leaders) expect(home.get(userId)?.role).not.toBe('team_member');
        }
      }),
    );
  });
});
