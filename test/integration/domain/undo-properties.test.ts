import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../domain/actor.ts';
import type { KpiId } from '../../../domain/ids.ts';
import { requireKpi } from '../../../domain/kpi/find-kpi.ts';
import { updateKpi, withChange } from '../../../domain/kpi/update-kpi.ts';
import type { ControlPlane, OrganizationScope } from '../../../domain/table/scope.ts';
import { startControlPlane } from './support/control-plane.ts';
import { create, newKpi } from './support/kpis.ts';
import { join, organizationOf } from './support/people.ts';
import { recorded, soon, undoing } from './support/recorded.ts';
import { create as createTeam } from './support/teams.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

/** The editable fields of a KPI. */
async function written(scope: OrganizationScope, id: KpiId) {
  const { name, description, unit, direction, baseline, target, period, owner, assigneeIds } =
    await requireKpi(scope, id, soon());
  return { name, description, unit, direction, baseline, target, period, owner, assigneeIds };
}

async function world(name: string) {
  const { scope, actor } = await organizationOf(plane, name);
  const [ann, bob] = [await join(scope, `${name}_ann`), await join(scope, `${name}_bob`)];
  const { id: teamId } = await createTeam(scope, actor, 'Team');
  const owners = [
    { kind: 'team', teamId } as const,
    ...[ann, bob].map((userId) => ({ kind: 'user', userId }) as const),
  ];
  const change = fc.record(
    {
      name: fc.constantFrom('One', 'Two', 'Three'),
      description: fc.constantFrom(null, 'Why', 'What for'),
      unit: fc.constantFrom('%', 'h'),
      baseline: fc.integer({ min: -9, max: 0 }),
      target: fc.integer({ min: 1, max: 9 }),
      period: fc.constantFrom(
        { start: '2026-01-01', end: '2026-12-31' },
        { start: '2026-02-01', end: '2026-06-30' },
      ),
      owner: fc.constantFrom(...owners),
      assigneeIds: fc.subarray([ann, bob]),
    },
    { requiredKeys: [] },
  );
  return { scope, actor, change, kpi: await create(scope, actor, newKpi({ kind: 'team', teamId })) };
}

async function changed(scope: OrganizationScope, actor: Actor, id: KpiId, change: object) {
  const before = await requireKpi(scope, id, soon());
  const after = withChange(before, change);
  const [entry] = await recorded(scope, () =>
    updateKpi({ scope, actor, now: soon() }, { before, after, revision: before.revision }),
  );
  if (entry === undefined) throw new Error('a change leaves an entry');
  return entry;
}

describe('whatever is changed of a KPI', () => {
  it('is as before after its undo, and as after it once that is undone', { timeout: 120_000 }, async () => {
    const { scope, actor, change, kpi } = await world('Any');
    const { undo, preview } = undoing(plane, scope, actor);
    await fc.assert(
      fc.asyncProperty(change, async (wanted) => {
        const before = await written(scope, kpi.id);
        const entry = await changed(scope, actor, kpi.id, wanted);
        const after = await written(scope, kpi.id);
        // A change without effect leaves nothing to undo.
        if ((await preview(entry)).refusal !== null) return expect(after).toEqual(before);
        const [undone] = await recorded(scope, () => undo(entry));
        expect(await written(scope, kpi.id)).toEqual(before);
        if (undone !== undefined) await undo(undone);
        expect(await written(scope, kpi.id)).toEqual(after);
      }),
      { numRuns: 30 },
    );
  });

  it('goes back in the fields that nobody changed since, and in no other', { timeout: 120_000 }, async () => {
    const { scope, actor, change, kpi } = await world('Some');
    const { undo, preview } = undoing(plane, scope, actor);
    await fc.assert(
      fc.asyncProperty(change, change, async (first, second) => {
        const before = await written(scope, kpi.id);
        const entry = await changed(scope, actor, kpi.id, first);
        const between = await written(scope, kpi.id);
        await changed(scope, actor, kpi.id, second);
        const now = await written(scope, kpi.id);
        const { fields, refusal } = await preview(entry);
        if (refusal === null) await undo(entry);
        const then = await written(scope, kpi.id);
        const expected = Object.fromEntries(
          Object.entries(now).map(([name, value]) => {
            const state = (of: object) =>
              JSON.stringify(Object.entries(of).find(([one]) => one === name)?.[1]);
            const isBack =
              refusal === null && state(now) === state(between) && state(between) !== state(before);
            return [name, isBack ? Object.entries(before).find(([one]) => one === name)?.[1] : value];
          }),
        );
        expect(then).toEqual(expected);
        for (const { field, outcome } of fields)
          if (outcome === 'put_back') expect(Object.keys(first)).toContain(field);
      }),
      { numRuns: 30 },
    );
  });
});
