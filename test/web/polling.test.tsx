import { focusManager } from '@tanstack/react-query';
import { act, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { english } from './support/english.ts';
import { me, organizationId, refusal, renderApp } from './support/render-app.tsx';
import { everything, own } from './support/small-organization.ts';

const { audit } = english;
const perPage = 3;
const minute = 60_000;

/** Entry number `place` of an audit log, the newest last. */
const entry = (place: number) => ({
  id: `entry-${place}`,
  organizationId,
  userId: 'user_1',
  actorName: 'Ada Lovelace',
  role: 'org_admin',
  action: `entry ${place}.`,
  resource: 'user/user_2',
  details: { before: null, after: null, changed: [] },
  changes: [],
  timestamp: new Date(Date.UTC(2026, 0, 2) + place * 1000).toISOString(),
  organizationName: null,
  schemaVersion: 1,
});

interface Growing {
  newest: number;
  asked: (string | null)[];
  refuses: boolean;
}

/** A growing audit log, one page at a time; returns the requested cursors. */
function growing(entries: number) {
  const trail: Growing = { newest: entries, asked: [], refuses: false };
  const reply = ({ url }: Request) => {
    const cursor = new URL(url).searchParams.get('cursor');
    trail.asked.push(cursor);
    if (trail.refuses) return refusal(429, 'rate_limited', 'Too many requests.');
    const from = cursor === null ? trail.newest : Number(cursor);
    const places = Array.from({ length: Math.min(perPage, from) }, (_, index) => from - index);
    const next = from - places.length;
    return {
      status: 200,
      body: { items: places.map(entry), nextCursor: next === 0 ? null : String(next) },
    };
  };
  return { trail, reply };
}

const shown = () =>
  screen.getAllByText(/^entry \d+\.$/, { selector: 'code' }).map(({ textContent }) => textContent);
const pass = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds));
const setOnline = (is: boolean) =>
  act(() => {
    window.dispatchEvent(new Event(is ? 'online' : 'offline'));
  });

/** An audit log with several loaded pages. */
async function open(pages: number, path = `${own}/audit`) {
  const { trail, reply } = growing(30);
  renderApp(path, {
    ...everything,
    'GET /api/me': path.startsWith('/admin') ? me('super_admin') : me('org_admin'),
    [`GET /api${path}`]: reply,
  });
  await screen.findByText('entry 30.', { selector: 'code' });
  for (let loaded = 1; loaded < pages; loaded += 1) {
    await userEvent.click(screen.getByRole('button', { name: audit.more }));
    await screen.findByText(`entry ${30 - loaded * perPage}.`, { selector: 'code' });
  }
  trail.asked = [];
  return trail;
}

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
});
afterEach(() => {
  vi.useRealTimers();
  focusManager.setFocused(undefined);
  setOnline(true);
});

describe.each([
  ['an organization’s trail', `${own}/audit`],
  ['the feed of all organizations', '/admin/audit'],
])('%s of ten pages', (_, path) => {
  it('asks for the newest only, a dozen times a minute at most, and ever more rarely', async () => {
    const trail = await open(10, path);
    await pass(minute);
    const first = trail.asked.length;
    expect(first).toBeGreaterThan(3);
    expect(first).toBeLessThanOrEqual(12);
    await pass(10 * minute);
    expect(trail.asked.length - first).toBeLessThanOrEqual(25);
    expect(new Set(trail.asked)).toEqual(new Set([null]));
  });

  it('shows what is new above all that was loaded, and goes on where it ended', async () => {
    const trail = await open(2, path);
    trail.newest = 32;
    await pass(minute / 2);
    expect(shown()).toEqual([32, 31, 30, 29, 28, 27, 26, 25].map((place) => `entry ${place}.`));
    await userEvent.click(screen.getByRole('button', { name: audit.more }));
    expect(await screen.findByText('entry 22.', { selector: 'code' })).toBeTruthy();
    expect(shown()).toHaveLength(11);
  });

  it('leaves no gap when more is new than a page holds', async () => {
    const trail = await open(3, path);
    trail.newest = 36;
    await pass(minute / 2);
    expect(shown()).toEqual([36, 35, 34, 33, 32, 31, 30, 29, 28].map((place) => `entry ${place}.`));
  });
});

describe('a trail', () => {
  it('asks for nothing in a hidden tab, and at once when one comes back', async () => {
    const trail = await open(2);
    act(() => focusManager.setFocused(false));
    await pass(5 * minute);
    expect(trail.asked).toEqual([]);
    act(() => focusManager.setFocused(true));
    await pass(10);
    expect(trail.asked).toEqual([null]);
  });

  it('asks for nothing without a connection, and at once when it is back', async () => {
    const trail = await open(2);
    setOnline(false);
    await pass(5 * minute);
    expect(trail.asked).toEqual([]);
    setOnline(true);
    await pass(10);
    expect(trail.asked).toEqual([null]);
  });

  it('asks ever more rarely while it is refused', async () => {
    const trail = await open(2);
    trail.refuses = true;
    await pass(10 * minute);
    expect(trail.asked.length).toBeLessThanOrEqual(16);
  });
});

it('the newest entries on a dashboard are asked for ever more rarely too', async () => {
  const { trail, reply } = growing(6);
  renderApp('/admin/dashboard', {
    ...everything,
    'GET /api/me': me('super_admin'),
    'GET /api/admin/audit': reply,
    'GET /api/admin/analytics/trend': refusal(404, 'not_found', 'Nothing yet.'),
  });
  await screen.findByText('entry 6.', { selector: 'code' });
  await pass(10 * minute);
  expect(trail.asked.length).toBeLessThanOrEqual(35);
});
