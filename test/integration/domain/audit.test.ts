import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendEntries, together } from '../../../domain/audit/append-entries.ts';
import type { AuditEntry, AuditFilter } from '../../../domain/audit/audit.schema.ts';
import { exportFormats, exportTrail } from '../../../domain/audit/export-trail.ts';
import { auditFeed } from '../../../domain/audit/list-feed.ts';
import { trailOf } from '../../../domain/audit/list-trail.ts';
import type { AuditPosition } from '../../../domain/audit/paginate-trail.ts';
import { type ControlPlane, type OrganizationScope, platformScope } from '../../../domain/table/scope.ts';
import { startControlPlane } from './support/control-plane.ts';
import { found, now } from './support/founding.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

interface Wanted {
  readonly id: string;
  readonly timestamp: string;
  readonly userId?: string;
  readonly actorName?: string;
  readonly action?: string;
  readonly resource?: string;
  readonly impersonatedBy?: string;
  readonly userAgent?: string;
  readonly details?: AuditEntry['details'];
}

async function append(scope: OrganizationScope, ...wanted: Wanted[]) {
  const entries = wanted.map((entry) => ({
    entry: {
      organizationId: scope.organizationId,
      userId: 'user_1',
      role: 'org_admin',
      action: 'user.joined',
      resource: 'user/user_1',
      details: { before: null, after: { name: 'Ann', revision: 1 }, changed: ['name', 'revision'] },
      schemaVersion: 1 as const,
      ...entry,
    },
  }));
  for (const part of together(entries)) await appendEntries(scope, part);
}

const since = '2024-01-01T00:00:00.000Z';
const read = (
  scope: OrganizationScope,
  {
    limit = 10,
    position,
    mostExamined,
    ...filter
  }: AuditFilter & {
    limit?: number;
    position?: AuditPosition;
    mostExamined?: number;
  } = {},
) =>
  trailOf(scope, {
    filter,
    since,
    position,
    limit,
    now,
    ...(mostExamined === undefined ? {} : { mostExamined }),
  });
const idsOf = ({ entries }: { readonly entries: readonly { readonly id: string }[] }) =>
  entries.map(({ id }) => id);

/** Reads page by page to the end; returns the ids of each page. */
async function pages(one: (position?: AuditPosition) => ReturnType<typeof read>): Promise<string[][]> {
  const ids: string[][] = [];
  let position: AuditPosition | undefined;
  do {
    const page = await one(position);
    ids.push(idsOf(page));
    position = page.next ?? undefined;
  } while (position !== undefined);
  return ids;
}

describe('the audit trail', () => {
  it('keeps an entry once, however often it is delivered, newest first across months', async () => {
    const { scope } = await found(plane, 'Audited');
    const entries = [
      { id: 'a', timestamp: '2026-10-31T23:59:59.999Z' },
      { id: 'b', timestamp: '2026-11-01T00:00:00.000Z' },
    ];
    await append(scope, ...entries);
    await append(scope, ...entries.map((entry) => ({ ...entry, action: 'user.forged' })));
    expect(idsOf(await read(scope, { action: 'user.joined' }))).toEqual(['b', 'a']);
    const position = { timestamp: '2026-11-01T00:00:00.000Z', entryId: 'b' };
    expect(await read(scope, { position })).toMatchObject({ entries: [{ id: 'a' }], next: null });
  });

  it('comes in full pages, also past months without an entry, and pages together are the trail', async () => {
    const { scope } = await found(plane, 'Paged');
    const months = ['2026-11', '2026-10', '2026-07', '2025-12', '2024-02'];
    const entries = months.flatMap((month) =>
      ['20', '10'].flatMap((day) =>
        ['z', 'a'].map((id) => ({ id: `${month}-${day}-${id}`, timestamp: `${month}-${day}T10:00:00.000Z` })),
      ),
    );
    await append(scope, ...entries);
    const all = entries.map(({ id }) => id);
    for (const limit of [1, 3, 7, 20, 21]) {
      const read1 = await pages((position) => read(scope, { limit, ...(position && { position }) }));
      expect(read1.flat()).toEqual(all);
      for (const page of read1.slice(0, -1)) expect(page).toHaveLength(limit);
      expect(read1).toHaveLength(Math.ceil(20 / limit));
    }
  });

  it('ends short of a page when it has looked at enough, and goes on from there without losing any', async () => {
    const { scope } = await found(plane, 'Rare');
    const entries = Array.from({ length: 60 }, (_, index) => ({
      id: `e${String(99 - index)}`,
      timestamp: `2026-11-20T10:00:${String(59 - index).padStart(2, '0')}.000Z`,
      userId: index % 20 === 19 ? 'user_rare' : 'user_1',
    }));
    await append(scope, ...entries);
    const found1 = await pages((position) =>
      read(scope, { actor: 'user_rare', limit: 5, mostExamined: 16, ...(position && { position }) }),
    );
    expect(found1.flat()).toEqual(['e80', 'e60', 'e40']);
    expect(found1.length).toBeGreaterThan(3);
  });

  it('is filtered by who, what, on what and when, exactly or by the beginning', async () => {
    const { scope } = await found(plane, 'Filtered');
    const at = (time: string) => `2026-11-20T${time}:00.000Z`;
    await append(
      scope,
      { id: 'a', timestamp: at('08:00'), userId: 'user_2', action: 'user.joined', resource: 'user/user_2' },
      { id: 'b', timestamp: at('09:00'), action: 'user.removed', resource: 'user/user_22' },
      { id: 'c', timestamp: at('10:00'), action: 'userGroup.made', resource: 'userGroup/1' },
      {
        id: 'd',
        timestamp: at('11:00'),
        userId: 'user_3',
        impersonatedBy: 'user_2',
        resource: 'team/team_1#member#user_3',
      },
    );
    const by = async (filter: AuditFilter) => idsOf(await read(scope, filter));
    expect(await by({ actor: 'user_2' })).toEqual(['d', 'a']);
    expect(await by({ action: 'user.' })).toEqual(['d', 'b', 'a']);
    expect(await by({ action: 'user.removed' })).toEqual(['b']);
    expect(await by({ resource: 'user/user_2' })).toEqual(['a']);
    expect(await by({ resource: 'user/' })).toEqual(['b', 'a']);
    expect(await by({ resource: 'team/team_1#' })).toEqual(['d']);
    expect(await by({ from: at('09:00'), to: at('10:00') })).toEqual(['c', 'b']);
    expect(await by({ action: 'user.', from: at('08:00'), to: at('08:30'), actor: 'user_1' })).toEqual([]);
  });

  it('is filtered by what it is about: a thing, and what belongs or belonged to it', async () => {
    const { scope } = await found(plane, 'About');
    const at = (hour: number) => `2026-11-20T${String(hour).padStart(2, '0')}:00:00.000Z`;
    const image = (fields: object) => ({ before: null, after: { ...fields }, changed: [] });
    await append(
      scope,
      { id: 'team', timestamp: at(1), resource: 'team/team_1', details: image({ teamId: 'team_1' }) },
      { id: 'other', timestamp: at(2), resource: 'team/team_11', details: image({ teamId: 'team_11' }) },
      {
        id: 'member',
        timestamp: at(3),
        resource: 'teamMember/team_1#member#user_2',
        details: image({ teamId: 'team_1', userId: 'user_2' }),
      },
      {
        id: 'left',
        timestamp: at(4),
        resource: 'teamMember/team_1#member#user_2',
        details: { before: { teamId: 'team_1', userId: 'user_2' }, after: null, changed: [] },
      },
      { id: 'value', timestamp: at(5), resource: 'checkIn/x#chk_1', details: image({ kpiId: 'kpi_1' }) },
    );
    const about = async (thing: string) => idsOf(await read(scope, { about: thing }));
    expect(await about('team/team_1')).toEqual(['left', 'member', 'team']);
    expect(await about('user/user_2')).toEqual(['left', 'member']);
    expect(await about('kpi/kpi_1')).toEqual(['value']);
    expect(await about('kpi/team_1')).toEqual([]);
  });

  it('names who it was as they were called then, and shows what changed without bookkeeping', async () => {
    const { scope } = await found(plane, 'Named');
    await append(
      scope,
      { id: 'a', timestamp: '2026-11-20T08:00:00.000Z', actorName: 'Ann Before' },
      { id: 'b', timestamp: '2026-11-20T09:00:00.000Z', actorName: 'Ann After' },
      { id: 'c', timestamp: '2026-11-20T10:00:00.000Z', userId: 'system:usage' },
    );
    const { entries } = await read(scope);
    expect(entries.map(({ actorName }) => actorName)).toEqual([null, 'Ann After', 'Ann Before']);
    expect(entries[0]?.changes).toEqual([{ field: 'name', after: 'Ann' }]);
  });
});

describe('an export', () => {
  it('comes in parts that are the trail one after the other, with one head', async () => {
    const { scope } = await found(plane, 'Exported');
    const wide = 'x'.repeat(30_000);
    const entries = Array.from({ length: 150 }, (_, index) => ({
      id: `e${String(999 - index)}`,
      timestamp: `2026-11-20T10:${String(59 - Math.floor(index / 10)).padStart(2, '0')}:00.000Z`,
      userAgent: wide,
    }));
    await append(scope, ...entries);
    const ids: string[] = [];
    let [text, parts] = ['', 0];
    let position: AuditPosition | undefined;
    do {
      const part = await exportTrail(scope, { filter: {}, since, position, now }, exportFormats.jsonl);
      expect(Buffer.byteLength(JSON.stringify(part.text))).toBeLessThan(5_000_000);
      text += part.text;
      parts += 1;
      position = part.next ?? undefined;
    } while (position !== undefined);
    for (const line of text.trimEnd().split('\n')) ids.push(JSON.parse(line).id);
    expect(ids).toEqual(entries.map(({ id }) => id));
    expect(parts).toBeGreaterThan(1);
    const first = await exportTrail(
      scope,
      { filter: {}, since, position: undefined, now },
      exportFormats.csv,
    );
    const again = await exportTrail(
      scope,
      { filter: {}, since, position: first.next ?? undefined, now },
      exportFormats.csv,
    );
    expect([first.text, again.text].map((part) => part.startsWith('\uFEFF"time"'))).toEqual([true, false]);
  });
});

describe('the feed of all organizations', () => {
  it('merges the trails newest first, the platform’s among them, in pages and by filter', async () => {
    const [{ scope: one }, { scope: two }] = [await found(plane, 'FeedOne'), await found(plane, 'FeedTwo')];
    const scopes = [one, two, platformScope(plane)];
    const days = ['2026-11-24', '2026-11-23', '2026-11-02'];
    const entries = days.flatMap((day) =>
      Array.from({ length: 9 }, (_, index) => ({
        id: `feed-${day}-${8 - index}`,
        timestamp: `${day}T10:00:0${8 - index}.000Z`,
        action: 'feed.tested',
        scope: scopes[index % 3] ?? one,
      })),
    );
    for (const { scope, ...entry } of entries) await append(scope, entry);
    const feed = (limit: number, position?: AuditPosition, organizationId?: typeof one.organizationId) =>
      auditFeed(plane, {
        isWithheld: false,
        filter: { action: 'feed.tested' },
        since: '2026-11-01T00:00:00.000Z',
        position,
        organizationId,
        limit,
        now,
      });
    const all = entries.map(({ id }) => id);
    for (const limit of [1, 4, 27])
      expect((await pages((position) => feed(limit, position))).flat()).toEqual(all);
    const own = entries.filter(({ scope }) => scope === two).map(({ id }) => id);
    expect(idsOf(await feed(50, undefined, two.organizationId))).toEqual(own);
    const named = (await feed(50)).entries.map(({ organizationName }) => organizationName);
    expect(named).toEqual(entries.map(({ scope }) => ['FeedOne', 'FeedTwo', null][scopes.indexOf(scope)]));
  });
});
