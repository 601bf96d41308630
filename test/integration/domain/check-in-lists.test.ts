import '../../../domain/words.schema.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { systemActor } from '../../../domain/actor.ts';
import type { Context } from '../../../domain/context.ts';
import { AppError } from '../../../domain/errors.ts';
import { newKpiId } from '../../../domain/ids.ts';
import { checkInMany } from '../../../domain/kpi/check-in-many.ts';
import type { Kpi } from '../../../domain/kpi/kpi.schema.ts';
import type { ControlPlane } from '../../../domain/table/scope.ts';
import { schemaWords } from '../../../domain/words.schema.ts';
import { startControlPlane } from './support/control-plane.ts';
import { now } from './support/founding.ts';
import { create, newKpi } from './support/kpis.ts';
import { organizationOf } from './support/people.ts';
import { reportedKpi } from './support/reported-kpi.ts';

z.config(schemaWords);

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

const anyone = () => {};
const send = (ctx: Context, lines: readonly object[], permit: (kpi: Kpi) => void = anyone, dryRun = false) =>
  checkInMany(ctx, { lines, permit, dryRun });
const statuses = async (sent: ReturnType<typeof send>) => (await sent).results.map(({ status }) => status);

describe('a list of check-ins', () => {
  it('gives each KPI its values, found by name or ID, with a result for each line', async () => {
    const { id, scope, actor, read, history } = await reportedKpi(plane, 'List');
    const ctx = { scope, actor, now };
    const lines = [
      { kpi: 'on-time  DELIVERIES', date: '2026-03-01', value: 40 },
      { kpi: id, date: '2026-03-02', value: 50, note: '=HYPERLINK("x")' },
      { kpi: id, date: '2026-03-01T12:00:00+01:00', value: 45 },
    ];
    expect(await send(ctx, lines)).toEqual({
      applied: true,
      results: [0, 1, 2].map((index) => ({ index, status: 'created', kpiId: id })),
    });
    expect((await history()).map(({ value, at, note }) => [at, value, note])).toEqual([
      ['2026-03-02T00:00:00.000Z', 50, '=HYPERLINK("x")'],
      ['2026-03-01T11:00:00.000Z', 45, undefined],
      ['2026-03-01T00:00:00.000Z', 40, undefined],
    ]);
    expect(await read()).toMatchObject({ latest: { value: 50 }, revision: 1 });
  });

  it('that comes again adds nothing, alone or twice at once; another value for the date is refused', async () => {
    const { id, scope, actor, history } = await reportedKpi(plane, 'Again');
    const ctx = { scope, actor, now };
    const days = Array.from({ length: 45 }, (_, day) => new Date(Date.UTC(2026, 1, 1 + day)).toISOString());
    const lines = days.map((date, value) => ({ kpi: id, date, value }));
    const both = await Promise.all([send(ctx, lines), send(ctx, lines)]);
    expect(both.flatMap(({ results }) => results).filter(({ status }) => status === 'refused')).toEqual([]);
    expect(await history()).toHaveLength(45);
    expect(new Set(await statuses(send(ctx, lines)))).toEqual(new Set(['unchanged']));
    const { results } = await send(ctx, [{ kpi: id, date: '2026-02-01', value: 99 }]);
    expect(results).toMatchObject([{ status: 'refused', reason: 'check_in_differs', params: { value: 0 } }]);
    expect(await history()).toHaveLength(45);
  });

  it('refuses its wrong lines and no others', async () => {
    const { id, scope, actor, history } = await reportedKpi(plane, 'Wrong');
    const fields = (path: string, reason: string) => ({ status: 'refused', fields: [{ path, reason }] });
    const { results } = await send({ scope, actor, now }, [
      { kpi: id, date: '2026-03-01', value: '=1+1' },
      { kpi: id, date: '2026-03-01', value: 1e16 },
      { kpi: id, date: '31/12/2026', value: 1 },
      { kpi: id, date: '2026-12-31', value: 1 },
      { kpi: id, date: '2025-12-01', value: 1 },
      { kpi: id, date: '2026-03-01', value: 1, by: 'user_1' },
      { kpi: 'Nothing like it', date: '2026-03-01', value: 1 },
      { kpi: newKpiId(now), date: '2026-03-01', value: 1 },
      { kpi: id, date: '2026-03-05', value: 5 },
      { kpi: 'On-time deliveries', date: '2026-03-05', value: 6 },
    ]);
    expect(results).toMatchObject([
      fields('value', 'not_a_number'),
      fields('value', 'too_large'),
      fields('date', 'not_a_date_or_time'),
      fields('date', 'in_the_future'),
      fields('date', 'before_the_period'),
      { status: 'refused', code: 'validation_failed' },
      { status: 'refused', reason: 'kpi_name_not_found' },
      { status: 'refused', reason: 'kpi_name_not_found' },
      { status: 'created' },
      { status: 'refused', reason: 'check_in_listed_twice', params: { line: 9 } },
    ]);
    expect((await history()).map(({ value }) => value)).toEqual([5]);
  });

  it('that is only tried says the same, and writes nothing', async () => {
    const { id, scope, actor, history } = await reportedKpi(plane, 'Tried');
    const lines = [
      { kpi: id, date: '2026-03-01', value: 1 },
      { kpi: id, date: 'soon', value: 1 },
    ];
    const tried = await send({ scope, actor, now }, lines, anyone, true);
    expect(tried).toMatchObject({ applied: false, results: [{ status: 'created' }, { status: 'refused' }] });
    expect(await history()).toEqual([]);
  });

  it('takes a name that several have for the one that the reporter may check in on, or for none', async () => {
    const { scope, actor, admin } = await organizationOf(plane, 'Shared');
    const ctx = { scope, actor, now };
    const owner = { kind: 'user', userId: admin } as const;
    const [mine, other] = [
      await create(scope, actor, newKpi(owner)),
      await create(scope, actor, newKpi(owner)),
    ];
    const lines = [{ kpi: mine.name, date: '2026-03-01', value: 1 }];
    expect(await send(ctx, lines)).toMatchObject({ results: [{ reason: 'kpi_name_shared' }] });
    const only = (code: 'not_found' | 'forbidden') => (kpi: Kpi) => {
      if (kpi.id === other.id) throw new AppError(code, code);
    };
    expect(await send(ctx, lines, only('not_found'))).toMatchObject({
      results: [{ status: 'created', kpiId: mine.id }],
    });
    const hers = [{ kpi: other.id, date: '2026-03-01', value: 1 }];
    expect(await send(ctx, hers, only('forbidden'))).toMatchObject({ results: [{ code: 'forbidden' }] });
    expect(await send(ctx, hers, only('not_found'))).toMatchObject({
      results: [{ code: 'not_found', reason: 'kpi_name_not_found' }],
    });
  });

  it('may come from a function that acts for nobody in particular', async () => {
    const { id, scope, history } = await reportedKpi(plane, 'Machine');
    const ctx = { scope, actor: systemActor('system:import', 'import-1'), now };
    expect(await statuses(send(ctx, [{ kpi: id, date: '2026-03-01', value: 1 }]))).toEqual(['created']);
    expect(await history()).toHaveLength(1);
  });
});
