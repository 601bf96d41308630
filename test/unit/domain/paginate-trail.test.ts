import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pagingOf } from '../../../domain/audit/list-trail.ts';
import { type AuditPosition, lastId, paginate, type Trail } from '../../../domain/audit/paginate-trail.ts';

interface Entry extends AuditPosition {
  readonly shard: number;
  readonly fits: boolean;
}

const keyOf = ({ timestamp, entryId }: AuditPosition) => `${timestamp}#${entryId}`;
const descending = (one: AuditPosition, other: AuditPosition) => (keyOf(one) < keyOf(other) ? 1 : -1);
const since = '2025-01-01T00:00:00.000Z';
const start = { timestamp: '2026-12-01T00:00:00.000Z', entryId: lastId };

/**
 * An in-memory audit log that reads like DynamoDB: that many entries examined, and the position where it
 * stopped, or null at the end.
 */
function trailOf(entries: readonly Entry[], shards: number) {
  const counted = { examined: 0, passes: 0, reading: 0 };
  const trail: Trail<Entry> = {
    shards,
    async read({ month, shard }, before, most) {
      // Requests made before the first response arrives belong to one pass.
      if (counted.reading === 0) counted.passes += 1;
      counted.reading += 1;
      await Promise.resolve();
      counted.reading -= 1;
      const below = entries
        .filter((entry) => entry.shard === shard && entry.timestamp.startsWith(month))
        .filter((entry) => entry.timestamp >= since && keyOf(entry) < keyOf(before))
        .toSorted(descending);
      const examined = below.slice(0, most);
      counted.examined += examined.length;
      const last = examined.at(-1);
      const stoppedAt = examined.length === most && last !== undefined ? last : null;
      return { entries: examined.filter(({ fits }) => fits), examined: examined.length, stoppedAt };
    },
  };
  return { trail, counted };
}

const entriesOf = (shards: number, first = '2025-01-01') =>
  fc.uniqueArray(
    fc.record({
      timestamp: fc
        .date({ min: new Date(first), max: new Date('2026-11-30'), noInvalidDate: true })
        .map((date) => date.toISOString()),
      entryId: fc.string({ minLength: 1, maxLength: 2, unit: fc.constantFrom('a', 'b', 'c') }),
      shard: fc.nat(shards - 1),
      fits: fc.boolean(),
    }),
    { maxLength: 60, selector: keyOf },
  );

async function pages(
  trail: Trail<Entry>,
  limit: number,
  mostExamined: number,
  sparse: boolean,
  from = since,
) {
  const found: Entry[][] = [];
  let position: AuditPosition | null = start;
  while (position !== null) {
    const page: { entries: Entry[]; next: AuditPosition | null } = await paginate(trail, {
      ...{ since: from, position, limit, sparse, mostExamined },
    });
    found.push(page.entries);
    position = page.next;
  }
  return found;
}

describe('reading down a trail that goes on before its beginning', () => {
  const beginning = '2026-09-10T10:00:00.000Z';

  it('shows each entry once, page by page, and looks at no older month but those that have any', async () => {
    await fc.assert(
      fc.asyncProperty(
        entriesOf(1, '2025-01-01'),
        fc.integer({ min: 1, max: 10 }),
        fc.boolean(),
        fc.uniqueArray(fc.constantFrom('2026-07', '2026-03', '2025-11'), { maxLength: 3 }),
        async (made, limit, sparse, steps) => {
          const entries = sparse ? made : made.map((entry) => ({ ...entry, fits: true }));
          const { trail } = trailOf(entries, 1);
          const all = [...new Set(entries.map(({ timestamp }) => timestamp.slice(0, 7)))];
          const months = all
            .filter((month) => month < '2026-09')
            .toSorted()
            .toReversed();
          // The complete range extends further down with each call.
          const certain = steps.toSorted();
          const read: string[] = [];
          const older = async () => {
            const from = certain.pop();
            return from === undefined
              ? { months }
              : { months: months.filter((month) => month >= from), from };
          };
          const counted: Trail<Entry> = {
            ...trail,
            older,
            read: (place, ...rest) => {
              read.push(place.month);
              return trail.read(place, ...rest);
            },
          };
          const found = await pages(counted, limit, 200, sparse, beginning);
          expect(found.flat()).toEqual(entries.filter(({ fits }) => fits).toSorted(descending));
          for (const month of read) expect(month >= '2026-09' || months.includes(month)).toBe(true);
        },
      ),
    );
  });

  it('asks what is older beside the last pass, and not at all while the page is full before', async () => {
    const day = (number: number) => `2026-11-${String(number).padStart(2, '0')}T10:00:00.000Z`;
    const entries = [3, 2, 1].map((number) => ({
      ...{ timestamp: day(number), entryId: 'a', shard: 0, fits: true },
    }));
    const { trail, counted } = trailOf(entries, 1);
    const asked: number[] = [];
    const older = async () => {
      asked.push(counted.reading);
      return { months: [] };
    };
    const paging = { position: start, sparse: false, mostExamined: 100 };
    await paginate({ ...trail, older }, { ...paging, since: '2026-06-01T00:00:00.000Z', limit: 2 });
    expect(asked).toEqual([]);
    const { next } = await paginate({ ...trail, older }, { ...paging, since: day(1), limit: 5 });
    // While the months were being read.
    expect({ asked, next, passes: counted.passes }).toEqual({ asked: [2], next: null, passes: 2 });
  });
});

describe('reading down a trail', () => {
  it.each([1, 4])(
    'over %i shards shows each entry that fits once, newest first, page by page',
    async (shards) => {
      await fc.assert(
        fc.asyncProperty(
          entriesOf(shards),
          fc.integer({ min: 1, max: 10 }),
          fc.integer({ min: 2 * shards, max: 200 }),
          fc.boolean(),
          async (made, limit, mostExamined, sparse) => {
            const entries = sparse ? made : made.map((entry) => ({ ...entry, fits: true }));
            const { trail } = trailOf(entries, shards);
            const found = await pages(trail, limit, mostExamined, sparse);
            expect(found.flat()).toEqual(entries.filter(({ fits }) => fits).toSorted(descending));
            for (const page of found) expect(page.length).toBeLessThanOrEqual(limit);
          },
        ),
      );
    },
  );

  it.each([
    { shards: 1, first: '2025-01-01' },
    { shards: 4, first: '2026-01-01' },
  ])(
    'over $shards shards fills each page but the last of an unfiltered trail, and asks twice at most',
    async ({ shards, first }) => {
      await fc.assert(
        fc.asyncProperty(entriesOf(shards, first), fc.integer({ min: 1, max: 10 }), async (made, limit) => {
          const { trail, counted } = trailOf(
            made.map((entry) => ({ ...entry, fits: true })),
            shards,
          );
          const found = await pages(trail, limit, 10_000, false, first);
          for (const page of found.slice(0, -1)) expect(page).toHaveLength(limit);
          expect(counted.passes).toBeLessThanOrEqual(2 * found.length);
        }),
      );
    },
  );

  it('looks at no more than it may, however rare what fits', async () => {
    await fc.assert(
      fc.asyncProperty(entriesOf(2), fc.integer({ min: 4, max: 40 }), async (entries, mostExamined) => {
        const none = entries.map((entry) => ({ ...entry, fits: false }));
        const { trail, counted } = trailOf(none, 2);
        await paginate(trail, { since, position: start, limit: 5, sparse: true, mostExamined });
        expect(counted.examined).toBeLessThanOrEqual(mostExamined);
        expect(counted.passes).toBeLessThanOrEqual(2);
      }),
    );
  });

  it('begins where there can be entries, however late it is asked to', () => {
    const now = new Date('2026-12-01T00:00:00.000Z');
    const from = (to: string | undefined) =>
      pagingOf({ filter: { to }, since, position: undefined, limit: 5, now }).position.timestamp;
    expect(from('2026-11-30T23:59:59.999Z')).toBe('2026-11-30T23:59:59.999Z');
    for (const to of [undefined, '2100-12-31T23:59:59.999Z'])
      expect(from(to)).toBe('2026-12-01T00:05:00.000Z');
  });

  it('isn’t shaken by entries that come while it goes on', async () => {
    const day = (number: number) => `2026-11-${String(number).padStart(2, '0')}T10:00:00.000Z`;
    const entries = Array.from({ length: 9 }, (_, index) => ({
      ...{ timestamp: day(9 - index), entryId: 'a', shard: 0, fits: true },
    }));
    const first = await paginate(trailOf(entries, 1).trail, {
      ...{ since, position: start, limit: 4, sparse: false, mostExamined: 100 },
    });
    const later = [{ timestamp: day(20), entryId: 'b', shard: 0, fits: true }, ...entries];
    const second = await paginate(trailOf(later, 1).trail, {
      ...{ since, position: first.next ?? start, limit: 10, sparse: false, mostExamined: 100 },
    });
    expect([...first.entries, ...second.entries]).toEqual(entries);
  });
});
