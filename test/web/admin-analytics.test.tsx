import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
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

describe('the dashboard', () => {
  it('says the same number under the same title, and of what days a number is', async () => {
    const today = new Date().toISOString().slice(0, 10);
    renderApp('/admin/dashboard', {
      'GET /api/me': me('super_admin'),
      'GET /api/admin/analytics/overview': {
        status: 200,
        body: {
          date: today,
          computedAt: `${today}T00:00:00.000Z`,
          comparedTo: '2026-01-01',
          figures: [
            { metric: 'activeUsers7', value: 30, previous: 24, change: null, trend: [] },
            { metric: 'checkIns', value: 61, previous: null, change: null, trend: [] },
          ],
          plans: [],
          funnel: [],
          attention: { items: [], total: 0 },
        },
      },
      'GET /api/admin/analytics/trends': ({ url }) => {
        const { from = '', to = '', metric, by } = Object.fromEntries(new URL(url).searchParams);
        // 43 is what the week before ended with: a chart that ends there contradicts the tile.
        const value = metric === 'checkIns' ? 200 : to === today ? 30 : 43;
        const points = [{ label: to, from: to, to, value, provisional: to === today, partial: false }];
        const aggregate = metric === 'checkIns' ? 'sum' : 'last';
        const current = { from, to, value, points };
        return {
          status: 200,
          body: { metric, by, aggregate, current, previous: { ...current, points: [] }, change: null },
        };
      },
      'GET /api/admin/audit': { status: 200, body: { items: [], nextCursor: null } },
      'GET /api/admin/organizations': { status: 200, body: { items: [], nextCursor: null } },
    });
    await heading('Dashboard');
    const chart = within(await screen.findByRole('region', { name: 'Active users, 7 days' }));
    expect(chart.getByText('30')).toBeTruthy();
    expect(await screen.findByText('30 days ago: 24')).toBeTruthy();
    expect(document.body.textContent).toContain('Active users, 7 days3030 days ago: 24');
    expect(document.body.textContent).toContain('Check-ins, last 30 days61Previous 30 days: no data');
    const total = within(await screen.findByRole('region', { name: 'Check-ins' }));
    expect(total.getByText(/^Total, .+ – .+/)).toBeTruthy();
  });
});
