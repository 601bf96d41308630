import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Member } from '../../../domain/access/member.ts';
import { newTeamId } from '../../../domain/ids.ts';
import type { Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { kpisAfter } from '../../../domain/kpi/list-kpis.ts';
import type { ControlPlane } from '../../../domain/table/scope.ts';
import { startControlPlane } from './support/control-plane.ts';
import { now } from './support/founding.ts';
import { create, newKpi, report } from './support/kpis.ts';
import { join, organizationOf } from './support/people.ts';
import { create as createTeam } from './support/teams.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

const at = (ms: number) => new Date(now.getTime() + ms);

describe('a list of KPIs', () => {
  it('is the same in pages as whole, for whoever reads it and whatever they ask for', async () => {
    const { scope, actor, admin } = await organizationOf(plane, 'Pages');
    const teams = [await createTeam(scope, actor, 'One'), await createTeam(scope, actor, 'Two')];
    const person = await join(scope, 'pages_person');
    for (let index = 0; index < 24; index += 1) {
      const team = teams[index % 3];
      const owner =
        team === undefined
          ? { kind: 'user' as const, userId: admin }
          : { kind: 'team' as const, teamId: team.id };
      const assigneeIds = index % 5 === 0 ? [person] : [];
      const kpi = await create(scope, actor, newKpi(owner, { name: `${index}`, assigneeIds }), at(index));
      if (index % 2 === 0) await report(scope, actor, kpi.id, { value: 95 });
    }
    const reader = (role: Member['role']): Member => ({
      userId: person,
      organizationId: scope.organizationId,
      role,
      teams: { [teams[0]?.id ?? newTeamId(now)]: 'member' },
    });
    const list = async (member: Member, filter: object, limit: number) => {
      const found: string[] = [];
      let position: Kpi['id'] | undefined;
      do {
        const page = await kpisAfter(scope, { member, filter, position, limit }, now);
        found.push(...page.map(({ name }) => name));
        position = page.length === limit ? page.at(-1)?.id : undefined;
      } while (position !== undefined);
      return found;
    };
    const indexes = (of: (index: number) => boolean) =>
      Array.from({ length: 24 }, (_, index) => index)
        .filter(of)
        .map(String)
        .reverse();
    const seen = (index: number) => index % 3 === 0 || index % 5 === 0;
    const [first, second] = teams;
    for (const limit of [1, 4, 100]) {
      expect(await list(reader('org_admin'), {}, limit)).toEqual(indexes(() => true));
      expect(await list(reader('team_member'), {}, limit)).toEqual(indexes(seen));
      expect(await list(reader('team_member'), { status: 'on_track' }, limit)).toEqual(
        indexes((index) => seen(index) && index % 2 === 0),
      );
      expect(await list(reader('team_leader'), { teamId: second?.id }, limit)).toEqual(
        indexes((index) => index % 3 === 1 && index % 5 === 0),
      );
      expect(await list(reader('team_member'), { assigneeId: person, teamId: first?.id }, limit)).toEqual(
        indexes((index) => index % 15 === 0),
      );
    }
  });
});
