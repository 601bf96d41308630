import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { abilityOf, allows, rulesFor } from '../../../../domain/access/ability.ts';
import type { Member } from '../../../../domain/access/member.ts';
import { newOrganizationId, newTeamId, UserId } from '../../../../domain/ids.ts';
import { assigneesOf, instanceOfKpi, type Kpi, teamOf } from '../../../../domain/kpi/kpi.schema.ts';
import { type KpiSource, sourcesOf } from '../../../../domain/kpi/read-kpis.ts';

const organizationId = newOrganizationId(new Date());
const teamIds = [newTeamId(new Date()), newTeamId(new Date()), newTeamId(new Date())];
const userIds = ['user_1', 'user_2', 'user_3'].map((id) => UserId.parse(id));

const team = fc.constantFrom(...teamIds);
const user = fc.constantFrom(...userIds);
const member: fc.Arbitrary<Member> = fc.record({
  userId: user,
  organizationId: fc.constant(organizationId),
  role: fc.constantFrom('team_member', 'team_leader', 'org_admin'),
  teams: fc.dictionary(team, fc.constantFrom('leader', 'member')),
});
const kpi = fc.record({
  owner: fc.oneof(
    team.map((teamId): Kpi['owner'] => ({ kind: 'team', teamId })),
    user.map((userId): Kpi['owner'] => ({ kind: 'user', userId })),
  ),
  assigneeIds: fc.uniqueArray(user),
});
const filter = fc.record({ teamId: team, assigneeId: user, ownerId: user }, { requiredKeys: [] });

const holds = (source: KpiSource, of: Pick<Kpi, 'owner' | 'assigneeIds'>): boolean =>
  source.of === 'organization' ||
  (source.of === 'team' && teamOf(of) === source.teamId) ||
  (source.of === 'owner' && of.owner.kind === 'user' && of.owner.userId === source.userId) ||
  (source.of === 'assignee' && assigneesOf(of).includes(source.userId));

describe('what is read for a member’s list of KPIs', () => {
  it('is exactly what the rules let them read, but for what a filter keeps out anyway', () => {
    fc.assert(
      fc.property(member, kpi, filter, (who, of, asked) => {
        const { teamId, assigneeId, ownerId } = asked;
        const wanted =
          (teamId === undefined || teamOf(of) === teamId) &&
          (assigneeId === undefined || assigneesOf(of).includes(assigneeId)) &&
          (ownerId === undefined || (of.owner.kind === 'user' && of.owner.userId === ownerId));
        const may = allows(abilityOf(rulesFor(who)), 'read', 'Kpi', { organizationId, ...instanceOfKpi(of) });
        const read = sourcesOf(who, asked).some((source) => holds(source, of));
        expect(read && wanted).toBe(may && wanted);
        if (who.role !== 'org_admin') expect(read && !may).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });
});
