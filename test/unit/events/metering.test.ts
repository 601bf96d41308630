import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newOrganizationId } from '../../../domain/ids.ts';
import { definition, figuresOf, metricsOf } from '../../../domain/usage/figures.ts';
import type { UsageSnapshot } from '../../../domain/usage/usage.schema.ts';
import { MeteringEvent, meteredMetrics } from '../../../events/metering.ts';
import { meteringEventsIn, meteringEventsOf } from '../../../functions/streams/metering-events.ts';
import { closing, date, none } from '../domain/usage-facts.ts';

const organizationId = newOrganizationId(closing);
const snapshot: UsageSnapshot = { ...figuresOf({ ...none, teams: 3, checkIns: 7 }, date, closing), users: 5 };
const key = { pk: `${organizationId}#usage`, sk: `day#${date}` };
const idsOf = (events: readonly MeteringEvent[]) => events.map(({ id }) => id);

describe('the metering events of a snapshot', () => {
  const events = meteringEventsOf(organizationId, snapshot);

  it('are one CloudEvent for each metric, with the snapshot’s value', () => {
    expect(events.map(({ data }) => [data.metric, data.value])).toEqual([
      ['users', 5],
      ['activeUsers30', 0],
      ['teams', 3],
      ['kpis', 0],
      ['checkIns', 7],
    ]);
    for (const event of events) expect(MeteringEvent.parse(event)).toEqual(event);
    expect(events[0]).toMatchObject({
      ...{ specversion: '1.0', type: 'mtcms.usage.metered.v1', subject: organizationId },
      data: {
        period: { from: '2026-11-24T00:00:00.000Z', to: '2026-11-25T00:00:00.000Z' },
        ...{ definition, exact: true },
      },
    });
  });

  it('have the same ids whenever they are made, and no two the same', () => {
    expect(idsOf(meteringEventsOf(organizationId, { ...snapshot, computedAt: 'later', users: 9 }))).toEqual(
      idsOf(events),
    );
    const others = [
      ...meteringEventsOf(organizationId, { ...snapshot, definition: definition + 1 }),
      ...meteringEventsOf(organizationId, { ...snapshot, date: '2026-11-25' }),
      ...meteringEventsOf(newOrganizationId(closing), snapshot),
    ];
    expect(new Set(idsOf([...events, ...others])).size).toBe(4 * meteredMetrics.length);
  });

  it('say which figures are those of a later moment', () => {
    const late = meteringEventsOf(organizationId, { ...snapshot, changedSince: ['users'] });
    expect(late.flatMap(({ data }) => (data.exact ? [] : [data.metric]))).toEqual(['users']);
  });
});

describe('a record of the stream', () => {
  const at = closing.getTime() / 1000 + 60;
  const image = { ...snapshot, entity: 'usageSnapshot', organizationId, ...key };
  it('meters a snapshot that has become final, once', () => {
    expect(meteringEventsIn({ at, key, before: null, after: image })).toHaveLength(meteredMetrics.length);
    expect(meteringEventsIn({ at, key, before: { ...image, final: false }, after: image })).toHaveLength(5);
    expect(meteringEventsIn({ at, key, before: image, after: image })).toEqual([]);
  });

  it('meters a correction by new definitions', () => {
    const corrected = { ...image, definition: definition + 1, users: 6 };
    const [first] = meteringEventsIn({ at, key, before: image, after: corrected });
    expect(first?.data).toMatchObject({ metric: 'users', value: 6, definition: definition + 1 });
  });

  it('meters no snapshot that was brought in with its past, as example data is', () => {
    expect(meteringEventsIn({ at: at + 86_400, key, before: null, after: image })).toEqual([]);
  });

  it('meters nothing else: no provisional figures, no removal, no other item, no one’s forged usage', () => {
    expect(meteringEventsIn({ at, key, before: null, after: { ...image, final: false } })).toEqual([]);
    expect(meteringEventsIn({ at, key, before: image, after: null })).toEqual([]);
    expect(meteringEventsIn({ at, key, before: null, after: { final: true } })).toEqual([]);
    const team = { pk: `${organizationId}#team`, sk: `day#${date}` };
    expect(meteringEventsIn({ at, key: team, before: null, after: image })).toEqual([]);
    const platform = { pk: 'platform#usage', sk: `day#${date}#shard#0` };
    expect(meteringEventsIn({ at, key: platform, before: null, after: image })).toEqual([]);
  });
});

interface Known {
  definition: number;
  value: number;
  pending?: object;
}
type Adapter = (options: {
  url: string;
  key: string;
  known: { get(slot: string): Promise<Known | undefined>; set(slot: string, state: Known): Promise<void> };
  fetch: (url: string, request: { body: string }) => Promise<{ ok: boolean; status: number }>;
}) => (event: MeteringEvent) => Promise<void>;

/** The adapter as docs/billing.md shows it. */
async function documentedAdapter(): Promise<Adapter> {
  const [, code = ''] = /```js\n([\s\S]*?)```/.exec(readFileSync('docs/billing.md', 'utf8')) ?? [];
  const module = await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`);
  return module.lagoAdapter;
}

describe('the adapter that docs/billing.md shows', () => {
  const organizations = [newOrganizationId(closing), newOrganizationId(closing)];
  const day = fc.record({
    organization: fc.constantFrom(...organizations),
    date: fc.constantFrom('2026-11-22', '2026-11-23', '2026-11-24'),
    definition: fc.integer({ min: 4, max: 6 }),
    users: fc.nat(50),
  });
  const slotOf = ({
    organization,
    date: of,
    definition,
  }: {
    organization: string;
    date: string;
    definition: number;
  }) => `${organization} ${of} ${definition}`;

  it('bills what the snapshots say, whatever is repeated, late, corrected or cut off', async () => {
    const lagoAdapter = await documentedAdapter();
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(day, { selector: slotOf, minLength: 1, maxLength: 12 }),
        fc.array(fc.nat(), { maxLength: 40 }),
        fc.array(fc.boolean(), { maxLength: 60 }),
        async (days, repeats, faults) => {
          const all = days.flatMap(({ organization, ...of }) =>
            meteringEventsOf(organization, { ...snapshot, ...of }),
          );
          // Lago accepts each transaction once, and may be interrupted before or after that.
          const taken = new Map<string, { code: string; subscription: string; value: number }>();
          const fault = () => {
            if (faults.pop() === true) throw new Error('cut off');
          };
          const known = new Map<string, Known>();
          const deliver = lagoAdapter({
            ...{ url: 'https://lago.example', key: 'key' },
            known: {
              get: async (slot) => known.get(slot),
              set: async (slot, state) => {
                fault();
                known.set(slot, structuredClone(state));
              },
            },
            fetch: async (_, { body }) => {
              fault();
              const { event } = JSON.parse(body);
              const isNew = !taken.has(event.transaction_id);
              if (isNew)
                taken.set(event.transaction_id, {
                  ...{ code: event.code, subscription: event.external_subscription_id },
                  value: Number(event.properties.value),
                });
              fault();
              return { ok: isNew, status: isNew ? 200 : 422 };
            },
          });
          const queue = [...repeats.map((index) => all[index % all.length]), ...all];
          for (const event of queue)
            for (let tries = 0; event !== undefined && tries < 200; tries += 1)
              if (
                await deliver(event).then(
                  () => true,
                  () => false,
                )
              )
                break;
          const newest = Map.groupBy(days, ({ organization, date: of }) => `${organization} ${of}`);
          for (const metric of meteredMetrics)
            for (const subscription of organizations) {
              const billed = [...taken.values()].filter(
                (one) => one.code === metric && one.subscription === subscription,
              );
              const expected = [...newest.values()]
                .flatMap((versions) => versions.toSorted((a, b) => b.definition - a.definition).slice(0, 1))
                .filter(({ organization }) => organization === subscription)
                .reduce((sum, of) => sum + metricsOf({ ...snapshot, ...of })[metric], 0);
              expect(billed.reduce((sum, { value }) => sum + value, 0)).toBe(expected);
            }
        },
      ),
      { numRuns: 200 },
    );
  });
});
