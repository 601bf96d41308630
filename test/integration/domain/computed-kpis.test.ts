import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../../../domain/context.ts';
import { type KpiId, newKpiId } from '../../../domain/ids.ts';
import { correctCheckIn, undoCheckIn } from '../../../domain/kpi/correct-check-in.ts';
import { deleteKpi } from '../../../domain/kpi/delete-kpi.ts';
import { isDue } from '../../../domain/kpi/due.schema.ts';
import { requireKpi } from '../../../domain/kpi/find-kpi.ts';
import type { Formula } from '../../../domain/kpi/formula.schema.ts';
import { restoreKpi } from '../../../domain/kpi/restore-kpi.ts';
import { updateKpi, withChange } from '../../../domain/kpi/update-kpi.ts';
import type { ControlPlane } from '../../../domain/table/scope.ts';
import { startControlPlane } from './support/control-plane.ts';
import { now } from './support/founding.ts';
import { create, newKpi, report } from './support/kpis.ts';
import { organizationOf } from './support/people.ts';
import { minutesAgo } from './support/reported-kpi.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

/** An organization with KPIs A and B, and operations on it. */
async function organization(name: string) {
  const { scope, actor, admin } = await organizationOf(plane, name);
  const owner = { kind: 'user', userId: admin } as const;
  const ctx: Context = { scope, actor, now };
  const make = async (called: string, formula?: Formula) =>
    (await create(scope, actor, newKpi(owner, { name: called, ...(formula && { formula }) }))).id;
  const read = (id: KpiId) => requireKpi(scope, id, now);
  const [a, b] = [await make('A'), await make('B')];
  return {
    ctx,
    a,
    b,
    make,
    read,
    value: async (id: KpiId) => (await read(id)).latest?.value,
    report: (id: KpiId, value: number, minutes = 0) =>
      report(scope, actor, id, { value, at: minutesAgo(minutes) }),
    async change(id: KpiId, formula: Formula) {
      const before = await read(id);
      const after = withChange(before, { formula });
      return await updateKpi(ctx, { before, after, revision: before.revision });
    },
    async remove(id: KpiId) {
      const kpi = await read(id);
      await deleteKpi(ctx, { kpi, revision: kpi.revision });
      return kpi;
    },
  };
}

describe('a computed KPI', () => {
  it('has its value from the beginning, and follows check-ins, corrections and undoing at once', async () => {
    const { ctx, a, b, make, read, value, report: checkIn } = await organization('Sum');
    await checkIn(a, 10, 5);
    await checkIn(b, 1, 5);
    const sum = await make('Sum', { kind: 'sum', sources: [a, b] });
    expect(await value(sum)).toBe(11);
    const entry = await checkIn(a, 20, 1);
    expect(await read(sum)).toMatchObject({
      latest: { value: 21, at: minutesAgo(1).toISOString() },
      revision: 1,
    });
    const corrected = await correctCheckIn(ctx, { kpi: await read(a), entry, value: 30, revision: 1 });
    expect(await value(sum)).toBe(31);
    expect(corrected.value).toBe(30);
    const last = await checkIn(b, 5);
    expect(await value(sum)).toBe(35);
    await undoCheckIn(ctx, { kpi: await read(b), entry: last, revision: 1 });
    expect(await value(sum)).toBe(31);
    expect((await read(sum)).recent?.map((one) => one.value)).toEqual([11, 31]);
  });

  it('never loses one of many check-ins on its sources at once', async () => {
    const { a, b, make, value, report: checkIn } = await organization('Crowd');
    await checkIn(a, 0, 60);
    await checkIn(b, 0, 60);
    const sum = await make('Sum', { kind: 'sum', sources: [a, b] });
    await Promise.all(
      [1, 2, 3].flatMap((step) => [checkIn(a, step, 10 - step), checkIn(b, step * 10, 10 - step)]),
    );
    expect(await value(sum)).toBe(33);
  });

  it('may be computed from a computed one, no deeper, and not by more than five from one', async () => {
    const { a, b, make, value, report: checkIn } = await organization('Deep');
    const sum = await make('Sum', { kind: 'sum', sources: [a, b] });
    const share = await make('Share', { kind: 'ratio', sources: [a, sum], percent: true });
    await checkIn(a, 1, 2);
    await checkIn(b, 3, 1);
    expect(await value(share)).toBe(25);
    await checkIn(a, 6);
    expect([await value(sum), await value(share)]).toEqual([9, 66.6666666667]);
    await expect(make('Deeper', { kind: 'sum', sources: [a, share] })).rejects.toMatchObject({
      reason: 'kpi_formula_too_deep',
    });
    for (const name of ['1', '2', '3']) await make(name, { kind: 'sum', sources: [a, b] });
    await expect(make('6th', { kind: 'sum', sources: [a, b] })).rejects.toMatchObject({
      reason: 'kpi_source_used_up',
      params: { name: 'A', most: 5 },
    });
  });

  it('is refused from itself, and the way round is named; also when both are changed at once', async () => {
    const { a, b, make, change, read } = await organization('Circle');
    const sum = await make('Sum', { kind: 'sum', sources: [a, b] });
    const more = await make('More', { kind: 'sum', sources: [sum, b] });
    await expect(change(sum, { kind: 'sum', sources: [a, more] })).rejects.toMatchObject({
      code: 'validation_failed',
      params: { path: 'Sum → More → Sum' },
    });
    await expect(change(sum, { kind: 'sum', sources: [sum, a] })).rejects.toMatchObject({
      params: { path: 'Sum → Sum' },
    });
    await change(more, { kind: 'sum', sources: [a, b] });
    const both = await Promise.allSettled([
      change(sum, { kind: 'sum', sources: [a, more] }),
      change(more, { kind: 'sum', sources: [a, sum] }),
    ]);
    expect(both.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(1);
    const [one, other] = [await read(sum), await read(more)];
    expect(one.formula?.sources.includes(more) && other.formula?.sources.includes(sum)).toBe(false);
  });

  it('has no value while a source is gone, says so, and has it again with the source', async () => {
    const { ctx, a, b, make, read, value, remove, report: checkIn } = await organization('Gone');
    await checkIn(a, 1, 2);
    await checkIn(b, 2, 1);
    const sum = await make('Sum', { kind: 'sum', sources: [a, b] });
    const gone = await remove(a);
    expect(await read(sum)).toMatchObject({
      latest: null,
      status: 'no_data',
      computedProblem: 'source_missing',
    });
    await checkIn(b, 7);
    expect(await read(sum)).toMatchObject({ latest: null, computedProblem: 'source_missing' });
    await restoreKpi(ctx, { kpi: gone, plan: 'enterprise' });
    expect(await value(sum)).toBe(8);
    expect((await read(sum)).computedProblem).toBeUndefined();
    await checkIn(a, 100);
    expect(await value(sum)).toBe(107);
  });

  it('lets its sources go when it goes, and takes them up again', async () => {
    const { ctx, a, b, make, read, remove, report: checkIn } = await organization('Back');
    const sum = await make('Sum', { kind: 'sum', sources: [a, b] });
    expect((await read(a)).feeds).toEqual([sum]);
    const gone = await remove(sum);
    expect((await read(a)).feeds).toBeUndefined();
    await checkIn(a, 1);
    await checkIn(b, 2);
    await restoreKpi(ctx, { kpi: gone, plan: 'enterprise' });
    expect(await read(sum)).toMatchObject({ latest: { value: 3 } });
  });

  it('divides by nothing without a value, and says so', async () => {
    const { a, b, make, read, report: checkIn } = await organization('Zero');
    const ratio = await make('Ratio', { kind: 'ratio', sources: [a, b] });
    expect(await read(ratio)).toMatchObject({ latest: null, computedProblem: 'source_without_value' });
    await checkIn(a, 1);
    await checkIn(b, 0);
    expect(await read(ratio)).toMatchObject({ latest: null, computedProblem: 'divides_by_zero' });
  });

  it('is nobody’s to check in on, is never due, and no reported KPI becomes one', async () => {
    const { a, b, make, read, change, report: checkIn } = await organization('Manual');
    const sum = await make('Sum', { kind: 'sum', sources: [a, b] });
    await expect(checkIn(sum, 1)).rejects.toMatchObject({ reason: 'kpi_computed' });
    expect([isDue(await read(sum), now), isDue(await read(a), now)]).toEqual([false, true]);
    await expect(change(a, { kind: 'sum', sources: [b, sum] })).rejects.toMatchObject({
      reason: 'kpi_formula_fixed',
    });
    await expect(make('Odd', { kind: 'sum', sources: [a, newKpiId(now)] })).rejects.toMatchObject({
      fields: [{ path: 'formula.sources.1', reason: 'kpi_source_not_found' }],
    });
  });
});
