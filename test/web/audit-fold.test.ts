import { describe, expect, it } from 'vitest';
import { fold, reuseRows } from '../../web/features/audit/fold.ts';
import type { TrailEntry } from '../../web/features/audit/names.ts';
import { entry } from './support/trail.tsx';

/** An entry at a second of a minute; entries of one request have the same request id. */
const at = (second: number, id: string, changes: Partial<TrailEntry>): TrailEntry => {
  const { organizationName: _, ...known } = entry({ id });
  const timestamp = `2026-01-02T03:04:${String(second).padStart(2, '0')}.000Z`;
  return { ...known, timestamp, ...changes };
};
const signIn = (second: number, id: string, userId = 'user_1') =>
  at(second, id, { action: 'session.started', resource: `session/${id}`, userId, requestId: `r-${id}` });
const invitation = (second: number, id: string, action: string, requestId: string, of = 'inv_1') =>
  at(second, id, { action: `invitation.${action}`, resource: `invitation/${of}`, requestId });

/** The rows as ids: the lead, and all entries that it represents. */
const folded = (entries: readonly TrailEntry[], hasMore = false) =>
  fold(entries, hasMore).map(
    ({ lead, entries: all, kind }) => `${kind} ${lead.id}: ${all.map(({ id }) => id).join(' ')}`,
  );

describe('entries of the audit log', () => {
  it('of one request are one act, told by what the rest goes along with', () => {
    const act = (id: string, action: string) => at(9, id, { action, requestId: 'r-1' });
    expect(
      folded([act('c', 'team.member-added'), act('b', 'user.joined'), act('a', 'invitation.accepted')]),
    ).toEqual(['act b: c b a']);
  });

  it('of one request that another’s stand between are one act nevertheless', () => {
    const mine = (id: string) => at(9, id, { action: 'kpi.updated', requestId: 'r-1' });
    expect(folded([mine('c'), signIn(9, 'b', 'user_2'), mine('a')])).toEqual(['act a: c a', 'single b: b']);
  });

  it('of one request that are far apart are told each by itself', () => {
    const one = (second: number, id: string) => at(second, id, { action: 'kpi.updated', requestId: 'r-1' });
    expect(folded([one(40, 'b'), one(9, 'a')])).toEqual(['single b: b', 'single a: a']);
  });

  it('without a request are told each by itself', () => {
    const one = (id: string) => at(9, id, { action: 'LOGIN' });
    expect(folded([one('b'), one('a')])).toEqual(['single b: b', 'single a: a']);
  });

  it('say once that an invitation was made and sent, and aloud that it could not be', () => {
    const made = invitation(1, 'a', 'created', 'r-1');
    expect(folded([invitation(9, 'b', 'sent', 'r-2'), made])).toEqual(['single a: b a']);
    expect(folded([invitation(2, 'b', 'delivery-failed', 'r-1'), made])).toEqual([
      'single b: b',
      'single a: a',
    ]);
  });

  it('tell of a letter only with the invitation that it was sent for', () => {
    const entries = [
      invitation(9, 'd', 'sent', 'r-4'),
      invitation(8, 'c', 'renewed', 'r-3'),
      invitation(3, 'b', 'sent', 'r-2'),
      invitation(2, 'a', 'created', 'r-1'),
    ];
    expect(folded(entries)).toEqual(['single c: d c', 'single a: b a']);
  });

  it('of the same person signing in again and again are one row, until something else comes between', () => {
    const entries = [
      signIn(9, 'e'),
      signIn(8, 'd'),
      at(7, 'c', { action: 'kpi.updated', requestId: 'r-c' }),
      signIn(6, 'b'),
      signIn(5, 'a', 'user_2'),
    ];
    expect(folded(entries)).toEqual(['repeat e: e d', 'single c: c', 'single b: b', 'single a: a']);
  });

  it('are held back where older ones may belong to the same act or row, unless nothing else is there', () => {
    const act = (id: string) => at(5, id, { action: 'team.updated', requestId: 'r-1' });
    expect(folded([signIn(9, 'c'), act('b')], true)).toEqual(['single c: c']);
    expect(folded([signIn(9, 'c'), act('b'), act('a')])).toEqual(['single c: c', 'act a: b a']);
    expect(folded([at(9, 'c', { action: 'team.updated' }), signIn(7, 'b')], true)).toEqual(['single c: c']);
    expect(folded([act('b'), act('a')], true)).toEqual(['act a: b a']);
  });

  it('make the same rows however many are loaded at a time, once all are', () => {
    const some = Array.from({ length: 40 }, (_, index) =>
      index % 7 < 4
        ? signIn(59 - index, `s${index}`, `user_${index % 14}`)
        : at(59 - (index - (index % 7)), `k${index}`, {
            action: 'kpi.updated',
            requestId: `r-${Math.floor(index / 7)}`,
          }),
    ).sort((one, other) => (one.timestamp < other.timestamp ? 1 : -1));
    const all = folded(some);
    for (let count = 1; count < some.length; count += 1)
      for (const row of folded(some.slice(0, count), true).slice(0, -1)) expect(all).toContain(row);
  });

  it('stay the same rows when older ones come, but for the one that these belong to', () => {
    const before = fold([at(9, 'c', { action: 'kpi.updated', requestId: 'r-1' }), signIn(5, 'b')], false);
    const now = reuseRows(
      before,
      fold([at(9, 'c', { action: 'kpi.updated', requestId: 'r-1' }), signIn(5, 'b'), signIn(4, 'a')], false),
    );
    expect(now[0]?.lead.id).toBe('c');
    expect(now[1]).not.toBe(before[1]);
    const [first, second] = before;
    expect(reuseRows(before, [...before])).toEqual([first, second]);
    expect(
      reuseRows(
        before,
        before.map((row) => ({ ...row })),
      )[0],
    ).toBe(first);
  });
});
