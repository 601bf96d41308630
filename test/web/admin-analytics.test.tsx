import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { quarterBegins } from '../../web/lib/dates.ts';
import { pageReplies } from './support/every-page.ts';
import { heading, me, organizationId, renderApp } from './support/render-app.tsx';

const series = { from: '2026-01-01', to: '2026-01-02', value: 7 };
const point = {
  label: '2026-01-02',
  from: '2026-01-02',
  to: '2026-01-02',
  value: 7,
  provisional: false,
  partial: false,
};

const open = async (address: string, items: readonly object[] = []) => {
  const requests = renderApp(address, {
    'GET /api/me': me('super_admin'),
    'GET /api/admin/analytics/trends': ({ url }) => ({
      status: 200,
      body: {
        metric: new URL(url).searchParams.get('metric'),
        by: 'day',
        aggregate: 'last',
        current: { ...series, points: [point] },
        previous: { ...series, points: [] },
        change: null,
      },
    }),
    'GET /api/admin/analytics/breakdown': ({ url }) => {
      const { searchParams } = new URL(url);
      return {
        status: 200,
        body: { metric: searchParams.get('metric'), date: searchParams.get('date'), items },
      };
    },
    'GET /api/admin/organizations': { status: 200, body: { items: [], nextCursor: null } },
  });
  await heading('Analytics');
  return requests;
};

describe('the organizations behind a figure', () => {
  it('are those with most of it on the last day that had any, and each leads to its figures', async () => {
    await open('/admin/analytics?metric=checkIns', [
      { organizationId, name: 'Lighthouse', value: 5 },
      { organizationId: 'org_01ARZ3NDEKTSV4RRFFQ69G5FA1', name: 'Harbour', value: 2 },
    ]);
    const table = within(await screen.findByRole('table', { name: 'Top organizations' }));
    const rows = table.getAllByRole('row').map(({ textContent }) => textContent);
    expect(rows).toEqual(['NameCheck-ins', 'Lighthouse5', 'Harbour2']);
    expect(screen.getByLabelText('Day')).toHaveProperty('value', '2026-01-02');
    expect(table.getByRole('link', { name: 'Lighthouse' }).getAttribute('href')).toBe(
      `/admin/organizations/${organizationId}?tab=usage`,
    );
  });

  it('are asked for anew for the day that the address names, and may be none', async () => {
    const requests = await open('/admin/analytics?metric=users&day=2025-12-24');
    expect(await screen.findByText('No organizations for this day')).toBeTruthy();
    const asked = requests
      .map(({ url }) => new URL(url))
      .filter(({ pathname }) => /breakdown$/.test(pathname));
    expect(asked.map(({ search }) => search)).toEqual(['?metric=users&date=2025-12-24']);
  });

  it('are in their list, where the figure counts organizations', async () => {
    await open('/admin/analytics?metric=plan.growth');
    await userEvent.click(await screen.findByRole('link', { name: 'View in the list of organizations' }));
    await heading('Organizations');
    await waitFor(() => expect(window.location.search).toBe('?plan=growth'));
  });
});

const today = new Date().toISOString().slice(0, 10);
const none = { status: 200, body: { items: [], nextCursor: null } };
const change = { from: today, to: today, previousFrom: '2026-01-01', previousTo: '2026-01-01' };

const overview = (attention: { items: readonly object[]; total: number }) => ({
  status: 200,
  body: {
    date: today,
    computedAt: `${today}T00:00:00.000Z`,
    comparedTo: '2026-01-01',
    figures: [
      { metric: 'organizationsServed', value: 5, previous: 5, change: { ...change, value: 5, previous: 5 } },
      { metric: 'activeUsers7', value: 30, previous: 24, change: { ...change, value: 30, previous: 24 } },
      { metric: 'kpis', value: 12, previous: 0, change: { ...change, value: 12, previous: 0 } },
      { metric: 'checkIns', value: 61, previous: null, change: null },
    ].map((figure) => ({ ...figure, trend: [null, 4, 5] })),
    plans: [{ plan: 'growth', organizations: 5 }],
    funnel: [{ stage: 'invited', at: 2, reached: 7 }],
    attention,
  },
});

const openDashboard = async (attention: { items: readonly object[]; total: number }) => {
  renderApp('/admin/dashboard', {
    'GET /api/me': me('super_admin'),
    'GET /api/admin/analytics/overview': overview(attention),
    'GET /api/admin/audit': none,
    'GET /api/admin/organizations': none,
  });
  await heading('Dashboard');
};

describe('the dashboard', () => {
  it('says of each figure against what it has changed, and nothing where there is nothing to compare', async () => {
    await openDashboard({ items: [], total: 0 });
    const growth = await screen.findByRole('region', { name: 'Growth' });
    await within(growth).findByRole('link', { name: 'KPIs' });
    expect(growth.textContent).toContain('Active customers5 No changevs. 30 days ago');
    expect(growth.textContent).toContain('Active users, 7 days30 +25%vs. 30 days ago');
    expect(growth.textContent).toContain('KPIs12 +12vs. 30 days ago');
    expect(growth.textContent).toContain('Check-ins, last 30 days61No earlier data yet');
    const figure = within(growth).getByRole('link', { name: 'Check-ins, last 30 days' });
    expect(figure.getAttribute('href')).toBe('/admin/analytics?metric=checkIns&range=30');
    const definition = within(growth).getByRole('button', { name: 'What “Check-ins, last 30 days” means' });
    expect(definition.getAttribute('aria-description')).toBe('Check-ins that people made');
  });

  it('says who needs somebody, why, and what to do', async () => {
    const reasons = ['plan_ends_soon', 'kpis_quiet'];
    const item = { organizationId, name: 'Lighthouse', reasons, createdAt: `${today}T00:00:00.000Z` };
    const health = {
      level: 'at_risk',
      score: 75,
      reasons: [{ code: 'plan_ends_soon', level: 'at_risk', date: today, days: 3, weight: 25 }],
    };
    const others = Array.from({ length: 7 }, (_, index) => ({
      ...item,
      organizationId: `org_01ARZ3NDEKTSV4RRFFQ69G5F${index}A`,
      name: `Harbour ${index}`,
    }));
    await openDashboard({ items: [{ ...item, health }, ...others], total: 8 });
    const list = await screen.findByRole('list', { name: 'Needs attention' });
    const [first] = within(list).getAllByRole('listitem');
    expect(first?.textContent).toBe(
      'LighthouseAt riskHealth score: 75 of 10075 of 100Plan ends in 3 daysRenew plan',
    );
    const remedy = within(list).getByRole('link', { name: 'Renew plan: Lighthouse' });
    expect(remedy.getAttribute('href')).toBe(`/admin/organizations/${organizationId}?tab=subscription`);
    expect(within(list).getAllByRole('listitem')).toHaveLength(6);
    await userEvent.click(screen.getByRole('button', { name: 'Show 2 more' }));
    expect(within(list).getAllByRole('listitem')).toHaveLength(8);
  });

  it('says that all is well where nobody needs anybody', async () => {
    await openDashboard({ items: [], total: 0 });
    expect(await screen.findByText('You’re all caught up')).toBeTruthy();
  });

  it('leads from each stage and plan to the organizations that it counts', async () => {
    await openDashboard({ items: [], total: 0 });
    const stages = within(await screen.findByRole('list', { name: 'Onboarding' }));
    expect(stages.getByRole('listitem').textContent).toBe('Admin invited2');
    expect(stages.getByRole('link').getAttribute('href')).toBe('/admin/organizations?stage=invited');
    const plans = within(screen.getByRole('list', { name: 'Plans' }));
    expect(plans.getByRole('link').getAttribute('href')).toBe('/admin/organizations?plan=growth');
  });
});

describe('the period of figures', () => {
  const asked = (requests: readonly Request[]) =>
    requests
      .map(({ url }) => new URL(url))
      .filter(({ pathname }) => /trends$/.test(pathname))
      .map(({ searchParams }) => Object.fromEntries(searchParams))
      .at(-1);

  it('is chosen by presets, as is what it is compared with, and stands in the address', async () => {
    const requests = await open('/admin/analytics?metric=users');
    await userEvent.click(await screen.findByRole('radio', { name: '7 days' }));
    await waitFor(() => expect(window.location.search).toContain('range=7'));
    await userEvent.selectOptions(screen.getByLabelText('Compare with'), 'Same period last year');
    await waitFor(() => expect(asked(requests)).toMatchObject({ compare: 'year', by: 'auto', to: today }));
    expect(window.location.search).toContain('compare=year');
    const { from = '', to = '' } = asked(requests) ?? {};
    expect((Date.parse(to) - Date.parse(from)) / 86_400_000).toBe(6);
    await userEvent.selectOptions(screen.getByLabelText('Interval'), 'Month');
    await waitFor(() => expect(asked(requests)).toMatchObject({ by: 'month' }));
  });

  it('begins with the days that are shown when one’s own are chosen', async () => {
    const requests = await open('/admin/analytics?metric=users&range=30');
    await userEvent.click(await screen.findByRole('radio', { name: 'Custom' }));
    const from = await screen.findByLabelText('From');
    await waitFor(() => expect(from).toHaveProperty('value', asked(requests)?.from));
    expect(screen.getByLabelText('To')).toHaveProperty('value', today);
  });

  it('is the last 90 days where the address has none, or nonsense', async () => {
    const requests = await open('/admin/analytics?range=forever&compare=mars&by=eon');
    await waitFor(() =>
      expect(asked(requests)).toMatchObject({ by: 'auto', compare: 'previous', to: today }),
    );
    expect(screen.getByRole('radio', { name: '90 days' })).toHaveProperty('checked', true);
  });

  it.each([
    ['2026-01-01', '2026-01-01'],
    ['2026-03-31', '2026-01-01'],
    ['2026-11-30', '2026-10-01'],
  ])('of this quarter begins with its first day: on %s', (day, first) => {
    expect(quarterBegins(new Date(`${day}T12:00:00Z`))).toBe(first);
  });
});

describe('retention', () => {
  const cohorts = {
    ...{ date: '2026-03-14', months: ['2026-01', '2026-02', '2026-03'] },
    organizations: [
      { month: '2026-01', size: 8, active: [8, null, 2] },
      { month: '2026-03', size: 1, active: [1] },
    ],
    users: [],
  };
  const open = (body: object) =>
    renderApp('/admin/analytics', {
      ...pageReplies,
      'GET /api/me': me('super_admin'),
      'GET /api/admin/analytics/cohorts': { status: 200, body },
    });

  it('is a table of months with headers, shares in words, and gaps where nothing was computed', async () => {
    open(cohorts);
    const table = await screen.findByRole('table', { name: /Share of the organizations created in a month/ });
    const headers = within(table).getAllByRole('columnheader');
    expect(headers.map(({ textContent }) => textContent)).toEqual([
      'Started',
      'Organizations',
      'First month',
      '+1',
      '+2',
    ]);
    expect(
      within(table)
        .getAllByRole('rowheader')
        .map(({ textContent }) => textContent),
    ).toHaveLength(2);
    const [, first] = within(table).getAllByRole('row');
    const cells = within(first ?? table).getAllByRole('cell');
    expect(cells.map(({ textContent }) => textContent)).toEqual(['8', '100%', '–', '25%']);
    expect(cells.at(-1)?.title).toBe('2 of 8 active');
    expect(screen.getByText('The last month is counted up to Mar 14, 2026.')).toBeTruthy();
    await userEvent.click(screen.getByRole('radio', { name: 'Users' }));
    expect(await screen.findByText('No data yet')).toBeTruthy();
  });
});
