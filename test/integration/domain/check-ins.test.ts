import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '../../../domain/actor.ts';
import { correctCheckIn } from '../../../domain/kpi/correct-check-in.ts';
import { deleteKpi } from '../../../domain/kpi/delete-kpi.ts';
import { CheckInItem } from '../../../domain/kpi/kpi.noun.ts';
import { itemKinds } from '../../../domain/nouns.ts';
import { entityOf } from '../../../domain/table/entity.ts';
import { expireParts } from '../../../domain/table/parts.ts';
import type { ControlPlane } from '../../../domain/table/scope.ts';
import { startControlPlane } from './support/control-plane.ts';
import { now } from './support/founding.ts';
import { create, newKpi, report } from './support/kpis.ts';
import { organizationOf, retried } from './support/people.ts';
import { lastOf, minutesAgo, reportedKpi } from './support/reported-kpi.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

const kpiOf = (name: string) => reportedKpi(plane, name);

describe('a check-in', () => {
  it('gives the KPI its value, status and progress, and leaves its revision to its editors', async () => {
    const { report, read } = await kpiOf('First');
    expect(await read()).toMatchObject({ latest: null, status: 'no_data', progress: null });
    const entry = await report(90);
    expect(await read()).toMatchObject({
      latest: { value: 90, at: now.toISOString(), checkInId: entry.id },
      status: 'on_track',
      progress: 0.9,
      revision: 1,
    });
  });

  it('that comes late is kept for its time, and doesn’t count any more', async () => {
    const { report, read, history } = await kpiOf('Late');
    await report(80, minutesAgo(10));
    await report(20, minutesAgo(60));
    expect(await read()).toMatchObject({ latest: { value: 80 } });
    expect((await history()).map(({ value }) => value)).toEqual([80, 20]);
  });

  it('for the same time as another one counts when it was made later', async () => {
    const { report, read, history } = await kpiOf('Tie');
    await report(70, minutesAgo(10), minutesAgo(5));
    await report(75, minutesAgo(10), minutesAgo(4));
    await report(65, minutesAgo(10), minutesAgo(6));
    expect(await read()).toMatchObject({ latest: { value: 75 } });
    expect((await history()).map(({ value }) => value)).toEqual([75, 70, 65]);
  });

  it.each([
    ['in the future', new Date(now.getTime() + 61_000), 'can’t be in the future'],
    [
      'before the period',
      new Date('2025-12-30T23:59:59.999Z'),
      'can’t be before 2026-01-01, the start of the KPI’s period',
    ],
  ])('for a time %s is refused at the field, and why', async (_, at, message) => {
    const { report } = await kpiOf(`Time${at.getTime()}`);
    await expect(report(1, at)).rejects.toMatchObject({
      code: 'validation_failed',
      fields: [{ path: 'at', message }],
    });
  });

  it('for a time long ago is kept as long as any other: its time to live begins when it is made', async () => {
    const { scope, actor, admin } = await organizationOf(plane, 'Archive');
    const period = { start: '2010-01-01', end: '2026-12-31' };
    const kpi = await create(scope, actor, newKpi({ kind: 'user', userId: admin }, { period }));
    const old = new Date('2012-02-29T12:00:00.000Z');
    const { id: checkInId } = await report(scope, actor, kpi.id, { value: 5, at: old });
    const { organizationId, client, table } = scope;
    const key = { organizationId, kpiId: kpi.id, at: old.toISOString(), checkInId };
    const { data } = await entityOf(CheckInItem).get(key).go({ client, table });
    expect(data?.expiresAt).toBeGreaterThan(now.getTime() / 1000 + 5 * 365 * 86_400);
  });

  it('may be for a moment ahead, as clocks differ', async () => {
    const { report } = await kpiOf('Clock');
    expect(await report(1, new Date(now.getTime() + 60_000))).toMatchObject({ value: 1 });
  });

  it('is refused once the KPI is gone, also when that happens in between', async () => {
    const { report, read, scope, actor, history } = await kpiOf('Gone');
    const kpi = await read();
    await deleteKpi({ scope, actor, now }, { kpi, revision: kpi.revision });
    await expect(report(1)).rejects.toMatchObject({ code: 'not_found' });
    expect(await history()).toEqual([]);
  });
});

describe('a correction', () => {
  it('of the value that counts is the KPI’s value; of another one it isn’t', async () => {
    const { report, read, correct } = await kpiOf('Corrected');
    const old = await report(10, minutesAgo(20));
    const latest = await report(50);
    expect(await correct(latest.id, 55)).toMatchObject({ value: 55, revision: 2 });
    expect(await read()).toMatchObject({ latest: { value: 55 }, revision: 1 });
    await correct(old.id, 99);
    expect(await read()).toMatchObject({ latest: { value: 55 } });
  });

  it('keeps what the check-in said before, who corrected it and when', async () => {
    const { report, correct, history, actor } = await kpiOf('History');
    const { id } = await report(10);
    await correct(id, 11);
    expect(await correct(id, 12)).toMatchObject({ corrections: [{ value: 10 }, { value: 11 }] });
    const [entry] = await history();
    const correction = { by: actor.by, at: now.toISOString() };
    expect(entry).toMatchObject({
      value: 12,
      corrections: [
        { ...correction, value: 10 },
        { ...correction, value: 11 },
      ],
    });
  });

  it('is made to the state it was meant for: of twenty at once, one', async () => {
    const { report, scope, actor, read } = await kpiOf('Race');
    const entry = await report(1);
    const kpi = await read();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, value) =>
        correctCheckIn({ scope, actor, now }, { kpi, entry, value, revision: 1 }),
      ),
    );
    const done = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(done).toHaveLength(1);
    expect(await read()).toMatchObject({ latest: { value: done[0]?.value } });
  });
});

describe('the value of a KPI', () => {
  it('is the greatest of all its check-ins, whatever comes when, late, corrected and at once', async () => {
    const step = fc.record({
      minutes: fc.integer({ min: 0, max: 5 }),
      value: fc.integer({ min: 0, max: 999 }),
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat(), { maxLength: 4 }),
        async (rounds, corrections) => {
          run += 1;
          const { report, read, history, correct, undo } = await kpiOf(`Property${run}`);
          for (const steps of rounds)
            await Promise.all(
              steps.map(({ minutes, value }) => retried(() => report(value, minutesAgo(minutes)))),
            );
          const before = await history();
          const [mistaken] = before;
          await Promise.all([
            ...(mistaken === undefined || corrections.length > 0 ? [] : [retried(() => undo(mistaken.id))]),
            ...corrections.map((pick) => {
              const { id } = before[pick % before.length] ?? { id: undefined };
              return id === undefined ? null : retried(() => correct(id, 1000 + pick));
            }),
            retried(() => report(7, minutesAgo(1))),
          ]);
          const all = await history();
          const [last] = [...all].sort((a, b) => (a.id < b.id ? 1 : -1));
          expect(all).toHaveLength(rounds.flat().length + (corrections.length > 0 ? 1 : 0));
          const { latest, recent } = await read();
          expect(latest).toEqual({ value: last?.value, at: last?.at, checkInId: last?.id });
          expect(recent).toEqual(lastOf(all));
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe('the check-ins of a deleted KPI', () => {
  const seconds = now.getTime() / 1000;
  const ends = async ({ scope, id }: Awaited<ReturnType<typeof kpiOf>>) => {
    const { organizationId, client, table } = scope;
    const { data } = await entityOf(CheckInItem)
      .query.primary({ organizationId, kpiId: id })
      .go({ client, table });
    return data.map(({ expiresAt }) => expiresAt);
  };

  it('expire at the next run, and those of no other', async () => {
    const [gone, kept] = [await kpiOf('Expiring'), await kpiOf('Staying')];
    for (const kpi of [gone, kept]) for (const value of [1, 2, 3]) await kpi.report(value, minutesAgo(value));
    const kpi = await gone.read();
    await deleteKpi({ scope: gone.scope, actor: gone.actor, now }, { kpi, revision: kpi.revision });
    expect((await ends(gone)).every((end) => end > seconds)).toBe(true);
    const actor = systemActor('invitations', 'run-1');
    expect(await expireParts({ scope: gone.scope, actor, now }, itemKinds)).toBe(3);
    expect(await ends(gone)).toEqual([seconds, seconds, seconds]);
    expect(await expireParts({ scope: gone.scope, actor, now }, itemKinds)).toBe(0);
    expect(await expireParts({ scope: kept.scope, actor, now }, itemKinds)).toBe(0);
    expect((await ends(kept)).every((end) => end > seconds)).toBe(true);
  });
});
