import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listOrganizations } from '../../../domain/organization/list-organizations.ts';
import { stages } from '../../../domain/organization/onboarding.schema.ts';
import { plans } from '../../../domain/subscription/subscription.schema.ts';
import type { ControlPlane } from '../../../domain/table/scope.ts';
import { writeOrganizations } from '../../support/numbered-organizations.ts';
import { startControlPlane } from './support/control-plane.ts';
import { now } from './support/founding.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
  await writeOrganizations(plane, 0, few, now);
});
afterAll(() => stop());

const few = 40;
const today = now.toISOString().slice(0, 10);
const day = (offset: number) => new Date(now.getTime() + offset * 86_400_000).toISOString().slice(0, 10);

type Query = Parameters<typeof listOrganizations>[1];

async function pages(query: Query, limit: number, between: () => Promise<unknown> = async () => undefined) {
  const listed: Awaited<ReturnType<typeof listOrganizations>>[number]['organization'][] = [];
  for (let position: string | undefined; ; ) {
    const page = await listOrganizations(plane, query, { position, limit, now });
    expect(page.length).toBeLessThanOrEqual(limit);
    listed.push(...page.map(({ organization }) => organization));
    if (page.length < limit) return listed;
    position = page.at(-1)?.position();
    await between();
  }
}
type Listed = Awaited<ReturnType<typeof pages>>[number];

const sortKey: Record<NonNullable<Query['sort']>, (listed: Listed) => string | number> = {
  name: ({ name }) => Buffer.from(name.normalize('NFKC').toLowerCase()).toString('hex'),
  created: ({ createdAt }) => createdAt,
  users: ({ counts }) => counts.users,
  lastActivity: ({ lastActivityOn }) => lastActivityOn,
  planEnd: ({ subscription }) => subscription.endDate ?? '9999',
};
const standing = ({ status, subscription: { endDate = '9999' } }: Listed) =>
  status === 'inactive' ? 'inactive' : endDate < today ? 'expired' : 'active';

const queries = fc.record(
  {
    search: fc.constantFrom('c', 'customer', 'cobalt', 'δελ', 'echo', '00'),
    status: fc.constantFrom('active' as const, 'expired' as const, 'inactive' as const),
    plan: fc.constantFrom(...plans),
    onboarding: fc.constantFrom(...stages),
    endsWithinDays: fc.constantFrom(0, 7, 30),
    sort: fc.constantFrom(
      'name' as const,
      'created' as const,
      'users' as const,
      'lastActivity' as const,
      'planEnd' as const,
    ),
  },
  { requiredKeys: [] },
);
const directions = fc.constantFrom('asc' as const, 'desc' as const);

describe('pages of any filter and order', () => {
  it('are full but the last, hold each organization that fits once, in order', async () => {
    const all = await pages({ direction: 'asc' }, 100);
    expect(all).toHaveLength(few);
    await fc.assert(
      fc.asyncProperty(
        queries,
        directions,
        fc.integer({ min: 1, max: 30 }),
        async (query, direction, limit) => {
          const listed = await pages({ ...query, direction }, limit);
          const words = (one: Listed) =>
            ` ${one.name.normalize('NFKC').toLowerCase()} ${one.contactPerson.email} customer-`;
          const expected = all.filter(
            (one) =>
              (query.status === undefined || standing(one) === query.status) &&
              (query.plan === undefined || one.subscription.plan === query.plan) &&
              (query.onboarding === undefined || one.stage === query.onboarding) &&
              (query.endsWithinDays === undefined ||
                ((one.subscription.endDate ?? '9999') >= today &&
                  (one.subscription.endDate ?? '9999') <= day(query.endsWithinDays))) &&
              (query.search === undefined || words(one).includes(` ${query.search}`)),
          );
          expect(listed.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
          if (query.search !== undefined && query.sort === undefined) return;
          const keys = listed.map(sortKey[query.sort ?? 'name']);
          const sorted = [...keys].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
          expect(keys).toEqual(direction === 'asc' ? sorted : sorted.reverse());
        },
      ),
      { numRuns: 40 },
    );
  });

  it('show what was there from the beginning once, while others are founded', async () => {
    const before = new Set((await pages({ direction: 'asc' }, 100)).map(({ id }) => id));
    let next = few;
    for (const query of [{}, { sort: 'users' as const }, { search: 'customer' }]) {
      const listed = await pages({ ...query, direction: 'asc' }, 7, () => {
        next += 1;
        return writeOrganizations(plane, next - 1, next, now);
      });
      const known = listed.map(({ id }) => id).filter((id) => before.has(id));
      expect(known.length).toBe(before.size);
      expect(new Set(listed.map(({ id }) => id)).size).toBe(listed.length);
    }
  });
});

/** Capacity units and requests of one page, as the engine counts them. */
async function costOf(at: ControlPlane, query: Query, limit: number) {
  const cost = { units: 0, requests: 0 };
  at.client.middlewareStack.add(
    (next) => async (args) => {
      Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
      const result = await next(args);
      const { ConsumedCapacity } = Object(result.output);
      for (const { CapacityUnits = 0 } of [ConsumedCapacity ?? []].flat()) cost.units += CapacityUnits;
      cost.requests += 1;
      return result;
    },
    { step: 'initialize', name: 'capacity' },
  );
  const page = await listOrganizations(at, query, { position: undefined, limit, now });
  at.client.middlewareStack.remove('capacity');
  expect(page).toHaveLength(limit);
  return cost;
}

describe('the cost of a page', () => {
  const sizes = [
    { organizations: 10, limit: 3 },
    { organizations: 150, limit: 26 },
  ];
  const views: Query[] = [
    { direction: 'asc' },
    { search: 'customer', direction: 'asc' },
    { sort: 'users', direction: 'desc' },
  ];

  it('is, with a filter, that of the rows read past, not of all there are', async () => {
    const { plane: own, stop: stopOwn } = await startControlPlane();
    await writeOrganizations(own, 0, 300, now);
    const { units: hundred } = await costOf(own, { direction: 'asc' }, 100);
    const { units } = await costOf(own, { plan: 'growth', direction: 'asc' }, 3);
    expect(units).toBeLessThan(hundred);
    await stopOwn();
  });

  it('is the same among 600 organizations as among 10, and as among 150 for a longer page', async () => {
    const { plane: own, stop: stopOwn } = await startControlPlane();
    let written = 0;
    const grow = async (organizations: number) => {
      await writeOrganizations(own, written, organizations, now);
      written = organizations;
    };
    const costs = async (limit: number) => {
      const all = [];
      for (const view of views) all.push(await costOf(own, view, limit));
      return all;
    };
    const small = [];
    for (const { organizations, limit } of sizes) {
      await grow(organizations);
      small.push(await costs(limit));
    }
    await grow(600);
    for (const [index, { limit }] of sizes.entries())
      for (const [view, { units, requests }] of (await costs(limit)).entries()) {
        const before = small[index]?.[view];
        expect([view, requests]).toEqual([view, before?.requests]);
        expect(Math.abs(units / (before?.units ?? 0) - 1), `view ${view}`).toBeLessThanOrEqual(0.1);
      }
    await stopOwn();
  }, 120_000);
});
