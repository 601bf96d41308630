import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newKpiId, newTeamId, UserId } from '../../domain/ids.ts';
import { english } from './support/english.ts';
import { everyPage, pageReplies } from './support/every-page.ts';
import {
  heading,
  me,
  organization,
  organizationId,
  type Replies,
  refusal,
  renderApp,
} from './support/render-app.tsx';

const { organizations, people, teams, kpis, audit, analytics, drift, errors } = english;
const [own, at] = [`/organizations/${organizationId}`, new Date('2026-01-01T00:00:00.000Z')];
const [team, kpi] = [`${own}/teams/${newTeamId(at)}`, `${own}/kpis/${newKpiId(at)}`];
const [detail, empty] = [
  `/admin${own}`,
  { status: 200, body: { items: [], nextCursor: null, organizations: {} } },
];

/** Responses that the pages below need besides their own. */
const around = {
  'GET /api/admin/analytics/cohorts': {
    status: 200,
    body: { date: null, months: [], organizations: [], users: [] },
  },
  [`GET /api${own}`]: { status: 200, body: organization('Lighthouse') },
  [`GET /api${detail}`]: {
    status: 200,
    body: organization('Lighthouse', { allowedDomains: [], metadata: {} }),
  },
  [`GET /api${own}/teams`]: empty,
};
const lists = [
  ['organizations', 'super_admin', '/admin/organizations', '/api/admin/organizations', organizations.none],
  ['the audit of all', 'super_admin', '/admin/audit', '/api/admin/audit', audit.none],
  ['usage runs', 'super_admin', '/admin/usage', '/api/admin/usage/runs', analytics.runs.none],
  ['comparisons with Clerk', 'super_admin', '/admin/clerk', '/api/admin/drift/runs', drift.none],
  ['an organization’s users', 'super_admin', `${detail}?tab=users`, `/api${own}/users`, people.noUsers],
  ['users', 'org_admin', `${own}/users`, `/api${own}/users`, people.noUsers],
  ['invitations', 'org_admin', `${own}/invitations`, `/api${own}/invitations`, people.nobodyInvited],
  ['teams', 'team_member', `${own}/teams`, `/api${own}/teams`, teams.noTeamsMember],
  ['KPIs', 'team_leader', `${own}/kpis`, `/api${own}/kpis`, kpis.noKpis],
  ['the audit', 'org_admin', `${own}/audit`, `/api${own}/audit`, audit.none],
] as const;

describe.each(lists)('the list of %s', (_, role, path, route, nothing) => {
  it('waits visibly, can be tried again when there was no answer, and says when there is nothing', async () => {
    const { promise, resolve } = Promise.withResolvers<ReturnType<typeof refusal>>();
    let asked = 0;
    renderApp(path, {
      ...around,
      'GET /api/me': me(role),
      [`GET ${route}`]: () => {
        asked += 1;
        return asked === 1 ? promise : empty;
      },
    });
    expect(await screen.findByRole('status', { name: 'Loading' })).toBeTruthy();
    resolve(refusal(429, 'rate_limited', 'Too many requests.'));
    expect((await screen.findByRole('alert')).textContent).toContain('request-1');
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(nothing)).toBeTruthy();
  });

  it('says who may see it when it is refused, and offers no second try', async () => {
    renderApp(path, {
      ...around,
      'GET /api/me': me(role),
      [`GET ${route}`]: refusal(403, 'forbidden', 'Your role isn’t allowed to list it.'),
    });
    expect((await screen.findByRole('alert')).textContent).toContain(errors.whoCould(errors.admins));
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });
});

const person = UserId.parse('user_2');
const dashboard = `/api${own}/users/user_1/dashboard`;
/** Each with its text for a 404: the not-found page, or an alert. */
const views = [
  ['an organization', 'super_admin', detail, `/api${detail}`, 'page'],
  ['the platform’s figures', 'super_admin', '/admin/analytics', '/api/admin/analytics/trends', 'alert'],
  ['an organization’s figures', 'org_admin', `${own}/analytics`, `/api${own}/analytics`, 'alert'],
  ['a team', 'org_admin', team, `/api${team}`, 'page'],
  ['a KPI', 'team_member', kpi, `/api${kpi}`, 'page'],
  ['a person', 'team_leader', `${own}/users/${person}`, `/api${own}/users/${person}`, 'page'],
  ['the settings', 'org_admin', `${own}/settings`, `/api${own}`, 'alert'],
  ['the platform’s dashboard', 'super_admin', '/admin/dashboard', '/api/admin/analytics/overview', 'part'],
  ['one’s own dashboard', 'team_member', own, dashboard, 'alert'],
] as const;

describe.each(views)('the view of %s', (_, role, path, route, place) => {
  it('waits visibly, and says when it isn’t there', async () => {
    const { promise, resolve } = Promise.withResolvers<ReturnType<typeof refusal>>();
    renderApp(path, { ...around, 'GET /api/me': me(role), [`GET ${route}`]: () => promise });
    expect((await screen.findAllByRole('status', { name: 'Loading' })).length).toBeGreaterThan(0);
    resolve(refusal(404, 'not_found', 'Not found.'));
    if (place === 'page') expect(await heading(errors.notFoundPage)).toBeTruthy();
    else
      await waitFor(() =>
        expect(screen.getAllByRole('alert').map((alert) => alert.textContent)).toContainEqual(
          expect.stringContaining('Not found.'),
        ),
      );
    // A part of a page can be retried separately.
    if (place !== 'part') expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });

  it('says how long to wait when it is asked for too often, and can be tried again when the server is back', async () => {
    let answer = refusal(429, 'rate_limited', 'Too many requests.');
    renderApp(path, { ...around, 'GET /api/me': me(role), [`GET ${route}`]: () => answer });
    const alert = async (words: string) =>
      await waitFor(() =>
        expect(screen.getAllByRole('alert').map(({ textContent }) => textContent)).toContainEqual(
          expect.stringContaining(words),
        ),
      );
    await alert('request-1');
    answer = refusal(404, 'not_found', 'Not found.');
    const [again] = screen.getAllByRole('button', { name: 'Try again' });
    if (again === undefined) throw new Error('there is a way to try again');
    await userEvent.click(again);
    if (place === 'page') expect(await heading(errors.notFoundPage)).toBeTruthy();
    else await alert('Not found.');
  });
});

/** Responses of a server that is slow, and overloaded for its first minute. */
function troubled(replies: Replies): Replies {
  const overloadedUntil = Date.now() + minuteMs;
  const late = ([key, reply]: [string, Replies[string]]): [string, Replies[string]] => [
    key,
    async (request) => {
      await new Promise((resolve) => setTimeout(resolve, slowMs));
      if (Date.now() < overloadedUntil) return refusal(503, 'unavailable', 'The server is overloaded.');
      return typeof reply === 'function' ? await reply(request) : reply;
    },
  ];
  return Object.fromEntries(Object.entries(replies).map(late));
}

/** Pages that need no API data. */
const readsNothing = ['/account', '/admin/organizations/new'];
const reading = everyPage.filter(({ path }) => !readsNothing.includes(path));

const [slowMs, minuteMs] = [3000, 60_000];
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

describe('a server that takes three seconds for each answer, and is overloaded for a minute', () => {
  beforeEach(() => vi.useFakeTimers({ shouldAdvanceTime: true }));
  afterEach(() => vi.useRealTimers());

  it.each(reading)(
    'is waited for at $path, said to fail, and asked again',
    async ({ path, roles: [role = 'org_admin'] }) => {
      renderApp(path, { ...troubled(pageReplies), 'GET /api/me': me(role) });
      const loading = () => screen.queryAllByRole('status', { name: 'Loading' });
      await waitFor(() => expect(loading()).not.toEqual([]));
      expect(screen.queryAllByRole('alert')).toEqual([]);
      await pass(minuteMs / 2);
      expect((await screen.findAllByRole('alert'))[0]?.textContent).toContain('request-1');
      await pass(minuteMs / 2);
      const again = () => screen.queryAllByRole('button', { name: 'Try again' });
      expect(again()).not.toEqual([]);
      for (const button of again()) fireEvent.click(button);
      await pass(4 * slowMs);
      await waitFor(() => expect([...loading(), ...screen.queryAllByRole('alert'), ...again()]).toEqual([]));
    },
  );
});

describe('one’s account', () => {
  it('is there without the API: it is the identity provider’s', async () => {
    renderApp('/account', { ...around, 'GET /api/me': me('team_member') });
    expect(await screen.findByText('The account')).toBeTruthy();
  });
});

describe('a page from an old link', () => {
  it.each([
    `${own}/teams/nonsense`,
    `${own}/kpis/nonsense`,
    `${own}/nothing`,
    '/nowhere',
    '/admin/organizations/x',
  ])('to %s says that it isn’t there', async (path) => {
    renderApp(path, { ...around, 'GET /api/me': me('super_admin') });
    expect(await heading(errors.notFoundPage)).toBeTruthy();
  });
});

describe('a browser that has lost the connection', () => {
  it('says that what is shown may be old', async () => {
    renderApp(`${own}/teams`, { ...around, 'GET /api/me': me('team_member') });
    await heading('Teams');
    window.dispatchEvent(new Event('offline'));
    expect(await screen.findByText(/^You’re offline\./)).toBeTruthy();
    window.dispatchEvent(new Event('online'));
    await waitFor(() => expect(screen.queryByText(/^You’re offline\./)).toBeNull());
  });
});

describe('whoever wants nothing to move', () => {
  afterEach(() => vi.restoreAllMocks());

  it('sees the menu come and go without sliding', async () => {
    const asked = window.matchMedia.bind(window);
    vi.spyOn(window, 'matchMedia').mockImplementation((query) =>
      asked(query === '(prefers-reduced-motion: reduce)' ? 'all' : query),
    );
    renderApp(`${own}/teams`, { ...around, 'GET /api/me': me('team_member') });
    await heading('Teams');
    const shell = screen.getByRole('navigation', { name: 'Main' }).parentElement;
    await waitFor(() => expect(shell?.style.getPropertyValue('--app-shell-transition-duration')).toBe('0ms'));
  });
});
