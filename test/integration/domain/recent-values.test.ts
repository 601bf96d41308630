import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ControlPlane } from '../../../domain/table/scope.ts';
import { startControlPlane } from './support/control-plane.ts';
import { now } from './support/founding.ts';
import { lastOf, minutesAgo, reportedKpi } from './support/reported-kpi.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

const kpiOf = (name: string) => reportedKpi(plane, name);

describe('the last values of a KPI', () => {
  it('are twelve at most, in the order of their times, as corrected', async () => {
    const { report, correct, read, history } = await kpiOf('Twelve');
    const made = [];
    for (let minutes = 20; minutes > 6; minutes -= 1) made.push(await report(minutes, minutesAgo(minutes)));
    await report(99, minutesAgo(10.5));
    await report(1, minutesAgo(60));
    const [eleventh] = made.filter(({ value }) => value === 11);
    if (eleventh !== undefined) await correct(eleventh.id, 500);
    const { recent } = await read();
    expect(recent).toHaveLength(12);
    expect(recent).toEqual(lastOf(await history()));
    expect(recent?.map(({ value }) => value)).toEqual([17, 16, 15, 14, 13, 12, 500, 99, 10, 9, 8, 7]);
  });

  it('of a KPI of an older version are found with its next check-in', async () => {
    const { report, read, history, forgetRecent } = await kpiOf('Older');
    for (let minutes = 5; minutes > 0; minutes -= 1) await report(minutes, minutesAgo(minutes));
    await forgetRecent();
    expect(await read()).toMatchObject({ latest: { value: 1 } });
    expect((await read()).recent).toBeUndefined();
    await report(70);
    expect((await read()).recent).toEqual(lastOf(await history()));
    expect((await read()).recent).toHaveLength(6);
  });
});

describe('undoing a check-in', () => {
  it('takes exactly that one away, and the KPI has the value before it', async () => {
    const { report, undo, read, history } = await kpiOf('Undone');
    await report(40, minutesAgo(30));
    const kept = await report(50, minutesAgo(20));
    const mistaken = await report(500);
    await undo(mistaken.id);
    expect((await history()).map(({ value }) => value)).toEqual([50, 40]);
    expect(await read()).toMatchObject({ latest: { value: 50, checkInId: kept.id }, revision: 1 });
    expect((await read()).recent).toEqual(lastOf(await history()));
  });

  it('of the only one leaves the KPI without data', async () => {
    const { report, undo, read } = await kpiOf('Only');
    await undo((await report(5)).id);
    expect(await read()).toMatchObject({ latest: null, status: 'no_data', recent: [] });
  });

  it('of one that is not the latest leaves the latest as it is', async () => {
    const { report, undo, read, history } = await kpiOf('Earlier');
    const late = await report(3, minutesAgo(5));
    await report(8);
    await undo(late.id);
    expect(await read()).toMatchObject({ latest: { value: 8 } });
    expect((await read()).recent).toEqual(lastOf(await history()));
  });

  it('brings back the value that it has crowded out of the last twelve, also of an older version', async () => {
    const { report, undo, read, history, forgetRecent } = await kpiOf('Crowded');
    for (let minutes = 13; minutes > 0; minutes -= 1) await report(minutes, minutesAgo(minutes));
    await undo((await report(900)).id);
    expect((await read()).recent).toEqual(lastOf(await history()));
    const second = await report(901);
    await forgetRecent();
    await undo(second.id);
    expect((await read()).recent).toEqual(lastOf(await history()));
    expect(await read()).toMatchObject({ latest: { value: 1 } });
  });

  it('is refused to anybody else, after ten minutes, and once it was corrected', async () => {
    const { report, undo, correct, actor, history } = await kpiOf('Refused');
    const { id } = await report(5);
    await expect(undo(id, { by: { ...actor, by: 'user_other' } })).rejects.toMatchObject({
      code: 'conflict',
      reason: 'check_in_settled',
    });
    await expect(undo(id, { by: actor, at: new Date(now.getTime() + 601_000) })).rejects.toMatchObject({
      code: 'conflict',
      reason: 'check_in_settled',
    });
    await correct(id, 6);
    await expect(undo(id)).rejects.toMatchObject({ code: 'stale' });
    expect(await history()).toMatchObject([{ value: 6 }]);
  });
});
