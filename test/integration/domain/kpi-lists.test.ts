import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Member } from '../../../domain/access/member.ts';
import { newTeamId } from '../../../domain/ids.ts';
import { deleteKpi } from '../../../domain/kpi/delete-kpi.ts';
import { KpiNameItem } from '../../../domain/kpi/kpi.noun.ts';
import type { Kpi, KpiFilter } from '../../../domain/kpi/kpi.schema.ts';
import { areNamesComplete, completeNames } from '../../../domain/kpi/kpi-names.ts';
import { type KpiPlace, type KpiSort, placeOf } from '../../../domain/kpi/kpi-order.ts';
import { kpisAfter, sortedKpis } from '../../../domain/kpi/list-kpis.ts';
import { updateKpi, withChange } from '../../../domain/kpi/update-kpi.ts';
import { entityOf } from '../../../domain/table/entity.ts';
import type { ControlPlane, OrganizationScope } from '../../../domain/table/scope.ts';
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

const adminOf = (scope: OrganizationScope): Member => ({
  userId: 'user_somebody',
  organizationId: scope.organizationId,
  role: 'org_admin',
  teams: {},
});

interface Asked {
  readonly sort?: KpiSort;
  readonly direction?: 'asc' | 'desc';
  readonly filter?: KpiFilter;
  readonly member?: Member;
}

/** The names on all pages of a list, in order. */
async function sorted(scope: OrganizationScope, limit: number, asked: Asked = {}): Promise<string[]> {
  const { sort = 'name', direction = 'asc', filter = {}, member = adminOf(scope) } = asked;
  const found: string[] = [];
  let after: KpiPlace | undefined;
  do {
    const page: Kpi[] = await sortedKpis(scope, { member, filter, sort, direction, after, limit }, now);
    found.push(...page.map(({ name }) => name));
    const last = page.length === limit ? page.at(-1) : undefined;
    after = last && placeOf(last, sort, now);
  } while (after !== undefined);
  return found;
}

const names = ['On-time deliveries', 'eNPS', 'Äpfel', 'Margin', 'margin of error', '★', 'Zoë’s queue'];
const byName = ['Äpfel', 'eNPS', 'Margin', 'margin of error', 'On-time deliveries', 'Zoë’s queue', '★'];

describe('a sorted list of KPIs', () => {
  it('is by name whatever the letters, before and after there is an order of names', async () => {
    const { scope, actor, admin } = await organizationOf(plane, 'Names');
    const ctx = { scope, actor, now };
    for (const name of names) await create(scope, actor, newKpi({ kind: 'user', userId: admin }, { name }));
    const everyWay = async () => {
      for (const limit of [1, 3, 100]) {
        expect(await sorted(scope, limit)).toEqual(byName);
        expect(await sorted(scope, limit, { direction: 'desc' })).toEqual(byName.toReversed());
        expect(await sorted(scope, limit, { filter: { search: 'MARG' } })).toEqual(byName.slice(2, 4));
        expect(await sorted(scope, limit, { filter: { search: 'deliv on' } })).toEqual([byName[4]]);
        expect(await sorted(scope, limit, { filter: { search: 'apfel' } })).toEqual(['Äpfel']);
        expect(await sorted(scope, limit, { filter: { search: 'argin' } })).toEqual([]);
        expect(await sorted(scope, limit, { filter: { search: 'm', status: 'at_risk' } })).toEqual([]);
      }
    };
    await everyWay();
    expect(await areNamesComplete(scope)).toBe(false);
    // As an older version left it.
    const { organizationId, client, table } = scope;
    const { data } = await entityOf(KpiNameItem)
      .query.primary({ organizationId })
      .go({ client, table, pages: 'all' });
    for (const { nameOrder, kpiId } of data.slice(0, 4))
      await entityOf(KpiNameItem).delete({ organizationId, nameOrder, kpiId }).go({ client, table });
    await everyWay();
    expect(await completeNames(ctx)).toBe(names.length);
    expect(await completeNames(ctx)).toBe(0);
    expect(await areNamesComplete(scope)).toBe(true);
    await everyWay();
  });

  it('follows a new name, and forgets a KPI that is gone', async () => {
    const { scope, actor, admin } = await organizationOf(plane, 'Renamed');
    const ctx = { scope, actor, now };
    await completeNames(ctx);
    const owner = { kind: 'user' as const, userId: admin };
    const before = await create(scope, actor, newKpi(owner, { name: 'Alpha' }));
    const beta = await create(scope, actor, newKpi(owner, { name: 'Beta' }));
    const after = withChange(before, { name: 'Gamma' });
    await updateKpi(ctx, { before, after, revision: 1 });
    expect(await sorted(scope, 1)).toEqual(['Beta', 'Gamma']);
    await deleteKpi(ctx, { kpi: beta, revision: 1 });
    expect(await sorted(scope, 1)).toEqual(['Gamma']);
    expect(await sorted(scope, 1, { filter: { search: 'alp' } })).toEqual([]);
  });

  it('shows a member only what is theirs, in every order', async () => {
    const { scope, actor, admin } = await organizationOf(plane, 'Orders');
    const person = await join(scope, 'orders_person');
    await completeNames({ scope, actor, now });
    for (const [index, value] of [0, 95, 55, 45].entries()) {
      const assigneeIds = index === 1 ? [] : [person];
      const owner = { kind: 'user' as const, userId: index === 2 ? person : admin };
      const kpi = await create(scope, actor, newKpi(owner, { name: `K${index}`, assigneeIds }), at(index));
      const reported = new Date(now.getTime() - index * 86_400_000 * 3);
      if (index > 0) await report(scope, actor, kpi.id, { value, at: reported });
    }
    const member: Member = { ...adminOf(scope), userId: person, role: 'team_member' };
    for (const limit of [1, 2, 100]) {
      expect(await sorted(scope, limit)).toEqual(['K0', 'K1', 'K2', 'K3']);
      expect(await sorted(scope, limit, { member })).toEqual(['K0', 'K2', 'K3']);
      expect(await sorted(scope, limit, { member, filter: { search: 'K1' } })).toEqual([]);
      expect(await sorted(scope, limit, { sort: 'status' })).toEqual(['K2', 'K3', 'K1', 'K0']);
      expect(await sorted(scope, limit, { sort: 'progress' })).toEqual(['K3', 'K2', 'K1', 'K0']);
      const down = await sorted(scope, limit, { sort: 'progress', direction: 'desc' });
      expect(down).toEqual(['K1', 'K2', 'K3', 'K0']);
      expect(await sorted(scope, limit, { sort: 'due' })).toEqual(['K0', 'K3', 'K2', 'K1']);
      expect(await sorted(scope, limit, { filter: { due: 'now' } })).toEqual(['K0', 'K3']);
      expect(await sorted(scope, limit, { filter: { due: 'later' } })).toEqual(['K1', 'K2']);
      expect(await sorted(scope, limit, { filter: { ownerId: person } })).toEqual(['K2']);
      expect(await sorted(scope, limit, { member, filter: { ownerId: admin } })).toEqual(['K0', 'K3']);
    }
  });
});
