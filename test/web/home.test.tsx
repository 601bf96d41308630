import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { newCheckInId, newKpiId, UserId } from '../../domain/ids.ts';
import { standOf } from '../../domain/kpi/due.schema.ts';
import type { Kpi } from '../../domain/kpi/kpi.schema.ts';
import { expectedAt } from '../../domain/kpi/kpi-status.schema.ts';
import { roundedFor } from '../../web/lib/expected.ts';
import { loadTexts } from '../../web/text/catalogue.ts';
import { formatsFor } from '../../web/text/formats.ts';
import { english } from './support/english.ts';
import { heading, me, organizationId, refusal, renderApp } from './support/render-app.tsx';
import { checkIn } from './support/small-organization.ts';
import { entry } from './support/trail.tsx';

const german = await loadTexts('de');

const home = `/organizations/${organizationId}`;
const api = `/api${home}`;
const userId = UserId.parse('user_1');
const dashboardOf = `GET ${api}/users/${userId}/dashboard`;

const kpi = (name: string, hour: number): Kpi => {
  const at = new Date(Date.UTC(2026, 0, 1, hour));
  return {
    id: newKpiId(at),
    organizationId,
    name,
    unit: 'orders',
    direction: 'up',
    baseline: 0,
    target: 100,
    period: { start: '2020-01-01', end: '2100-01-01' },
    owner: { kind: 'user', userId },
    assigneeIds: [userId],
    createdBy: userId,
    status: 'no_data',
    progress: null,
    latest: null,
    revision: 1,
    createdAt: at.toISOString(),
    updatedAt: at.toISOString(),
  };
};
const [shipped, returned] = [kpi('Shipped', 1), kpi('Returned', 2)];

const dashboard = (...kpis: readonly Kpi[]) => ({
  status: 200,
  body: {
    user: { userId, name: 'Ada Lovelace', role: 'team_member' },
    ...standOf(kpis, new Date()),
    items: kpis.map((one) => ({ kpi: one, due: true })),
    teams: [],
    recent: [],
  },
});
const asMember = { 'GET /api/me': me('team_member') };
const field = (name: string) => screen.findByRole('textbox', { name: `Check in for ${name}` });
const post = `POST ${api}/kpis/${shipped.id}/check-ins`;

describe('the home of a member', () => {
  it('says that nothing is assigned yet, and what will be here', async () => {
    renderApp(home, { ...asMember, [dashboardOf]: dashboard() });
    expect(await screen.findByText('No KPIs assigned to you yet')).toBeTruthy();
  });

  it('waits visibly, and says how many values this week lacks', async () => {
    const { promise, resolve } = Promise.withResolvers<ReturnType<typeof dashboard>>();
    renderApp(home, { ...asMember, [dashboardOf]: () => promise });
    await heading('Lighthouse');
    expect(screen.getByRole('status', { name: 'Loading' })).toBeTruthy();
    resolve(dashboard(shipped, returned));
    expect(await screen.findByText('2 check-ins are due this week.')).toBeTruthy();
  });

  it('shows a value before the server has taken it, and goes on to the next field', async () => {
    const { promise, resolve } = Promise.withResolvers<ReturnType<typeof refusal>>();
    renderApp(home, { ...asMember, [dashboardOf]: dashboard(shipped, returned), [post]: () => promise });
    const row = (await field('Shipped')).closest('tr');
    await userEvent.type(await field('Shipped'), '12,5{Enter}');
    await waitFor(() => expect(row?.textContent).toContain('12.5 orders'));
    expect(await screen.findByText('1 check-in is due this week.')).toBeTruthy();
    expect(document.activeElement).toBe(await field('Returned'));
    resolve(refusal(500, 'internal', 'The table is away.'));
    expect(await screen.findByText('The table is away.')).toBeTruthy();
    expect(row?.textContent).not.toContain('12.5 orders');
    expect(await screen.findByText('2 check-ins are due this week.')).toBeTruthy();
    expect(await field('Shipped')).toHaveProperty('value', '12,5');
  });

  it('sends a comment with the value, and undoes exactly the check-in that the notice speaks of', async () => {
    const made = { ...checkIn, kpiId: shipped.id, id: newCheckInId(new Date(), new Date()), value: 7 };
    const undo = `DELETE ${api}/kpis/${shipped.id}/check-ins/${made.id}`;
    const requests = renderApp(home, {
      ...asMember,
      [dashboardOf]: dashboard(shipped, returned),
      [post]: { status: 201, body: made },
      [undo]: { status: 204 },
    });
    await userEvent.type(await field('Shipped'), '7');
    await userEvent.click(screen.getByRole('button', { name: 'Add comment to the check-in for Shipped' }));
    const comment = await screen.findByRole('textbox', { name: 'Comment on the check-in for Shipped' });
    await userEvent.type(comment, 'Short week{Enter}');
    expect(await requests.find(({ method }) => method === 'POST')?.json()).toEqual({
      value: 7,
      note: 'Short week',
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    expect(await screen.findByText('Check-in for Shipped undone')).toBeTruthy();
    const undone = requests.filter(({ method }) => method === 'DELETE');
    expect(undone.map(({ url }) => new URL(url).pathname)).toEqual([undo.replace('DELETE ', '')]);
    expect(undone[0]?.headers.get('if-match')).toBe('"1"');
  });

  it('shows what is expected today beside the last value', async () => {
    renderApp(home, { ...asMember, [dashboardOf]: dashboard(shipped) });
    const row = (await field('Shipped')).closest('tr');
    const expected = roundedFor(shipped, expectedAt(shipped, new Date().toISOString()) ?? 0);
    expect(row?.textContent).toContain(`${formatsFor('en-US').number(expected)} orders`);
  });

  it('sends nothing that is no number', async () => {
    const requests = renderApp(home, { ...asMember, [dashboardOf]: dashboard(shipped) });
    await userEvent.type(await field('Shipped'), 'many{Enter}');
    expect(await screen.findByText('Enter a number, such as 12.5')).toBeTruthy();
    expect(requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it.each([
    [
      { language: 'en', texts: english },
      'This could be read two ways. Enter 1234 for the whole number or 1.2340 for the decimal.',
    ],
    [
      { language: 'de', texts: german },
      'Diese Zahl ist nicht eindeutig. Geben Sie 1234 für die ganze Zahl oder 1,2340 für die Kommazahl ein.',
    ],
  ] as const)(
    'sends nothing that could be two numbers, and says how to write either: %#',
    async (language, said) => {
      const requests = renderApp(home, { ...asMember, [dashboardOf]: dashboard(shipped) }, { language });
      await userEvent.type(await screen.findByRole('textbox', { name: /Shipped/ }), '1.234{Enter}');
      expect(await screen.findByText(said)).toBeTruthy();
      expect(requests.filter(({ method }) => method === 'POST')).toEqual([]);
    },
  );

  it('tells who could open what is refused, with the number to quote', async () => {
    renderApp(home, { ...asMember, [dashboardOf]: refusal(403, 'forbidden', 'You may not read this.') });
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('Ask an admin of your organization for access.');
    expect(alert.textContent).toContain('request-1');
  });

  it('can be tried again when the server can be reached again', async () => {
    let away = true;
    renderApp(home, {
      ...asMember,
      [dashboardOf]: () => {
        if (away) return refusal(429, 'rate_limited', 'Too many requests.');
        return dashboard(shipped);
      },
    });
    await screen.findByRole('alert');
    away = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await field('Shipped')).toBeTruthy();
  });

  it('says in each field that there is no connection', async () => {
    renderApp(home, {
      ...asMember,
      [dashboardOf]: dashboard(shipped),
      [post]: () => {
        throw new TypeError('fetch failed');
      },
    });
    await userEvent.type(await field('Shipped'), '3{Enter}');
    expect(await screen.findByText(/Can’t reach the server/)).toBeTruthy();
  });

  it('is there in German', async () => {
    renderApp(
      home,
      { ...asMember, [dashboardOf]: dashboard(shipped) },
      { language: { language: 'de', texts: german } },
    );
    expect(await screen.findByText('Diese Woche ist 1 Check-in fällig.')).toBeTruthy();
    expect(screen.getByRole('textbox', { name: 'Check-in eintragen für Shipped' })).toBeTruthy();
  });
});

const onboarding = (done: boolean) => ({
  status: 200,
  body: {
    stage: 'people_invited',
    steps: [
      { step: 'people_invited', title: '', hint: '', done: true, link: `${home}/invitations` },
      { step: 'team_created', title: '', hint: '', done, link: `${home}/teams` },
    ],
    done: done ? 2 : 1,
    next: done ? null : 'team_created',
  },
});
const empty = { status: 200, body: { items: [], nextCursor: null } };
const asAdmin = {
  'GET /api/me': me('org_admin'),
  [`GET ${api}/analytics`]: {
    status: 200,
    body: {
      date: null,
      computedAt: null,
      comparedTo: '2026-01-01',
      headline: [{ metric: 'users', value: 7, previous: null, change: null, trend: [] }],
      kpis: { on_track: 4, at_risk: 0, off_track: 1, no_data: 1 },
      reporting: { running: 5, reported: 4 },
      needing: [{ ...kpi('Late', 1), status: 'off_track' }],
      trends: [],
    },
  },
  [dashboardOf]: dashboard(),
  [`GET ${api}/teams`]: empty,
  [`GET ${api}/audit`]: empty,
};

describe('the home of an admin', () => {
  it('says how many KPIs are in which status, in words, and names those that need somebody', async () => {
    renderApp(home, { ...asAdmin, [`GET ${api}/onboarding`]: onboarding(true) });
    const counts = await screen.findByRole('list', { name: 'KPIs by status' });
    expect(
      within(counts)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual(['On track 4', 'At risk 0', 'Off track 1', 'No data 1']);
    const needing = within(screen.getByRole('list', { name: 'Off track and at risk' }));
    expect(needing.getByRole('link', { name: 'Late' })).toBeTruthy();
    expect(screen.getByText('4 of 5 active KPIs (80%)')).toBeTruthy();
  });

  it('tells what was changed last, without the sign-ins', async () => {
    const signIns = Array.from({ length: 9 }, (_, at) =>
      entry({ id: `in-${at}`, action: 'session.started', resource: `session/${at}` }),
    );
    const created = entry({ action: 'team.created', resource: 'team/team_1' });
    const items = [...signIns, { ...created, details: { ...created.details, after: { name: 'Crew' } } }];
    const trail = { [`GET ${api}/audit`]: { status: 200, body: { items, nextCursor: null } } };
    renderApp(home, { ...asAdmin, ...trail, [`GET ${api}/onboarding`]: onboarding(true) });
    const recent = within(await screen.findByRole('region', { name: 'Recent activity' }));
    expect(await recent.findByText(/created/)).toBeTruthy();
    expect(recent.queryByText(/signed in/)).toBeNull();
  });

  it('has each figure once, with its definition and the way to what is behind it', async () => {
    renderApp(home, { ...asAdmin, [`GET ${api}/onboarding`]: onboarding(true) });
    const figures = within(await screen.findByRole('region', { name: 'Figures' }));
    const users = await figures.findByRole('link', { name: 'Users' });
    expect(users.getAttribute('href')).toBe(`${home}/users`);
    expect(figures.getByRole('button', { name: 'What “Users” means' })).toBeTruthy();
    expect(figures.getByText('No earlier data yet')).toBeTruthy();
  });
});
