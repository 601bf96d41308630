import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import {
  heading,
  me,
  organization,
  organizationId,
  type Replies,
  refusal,
  renderApp,
} from './support/render-app.tsx';

const address = `/admin/organizations/${organizationId}`;
const api = `/api/admin/organizations/${organizationId}`;
const whole = (changes: object = {}) =>
  organization('Lighthouse', {
    allowedDomains: ['lighthouse.example'],
    metadata: { crm: '4711' },
    externalId: 'L-1',
    ...changes,
  });

const open = async (path: string, replies: Replies) => {
  const requests = renderApp(path, {
    'GET /api/me': me('super_admin'),
    [`GET ${api}`]: { status: 200, body: whole() },
    [`GET ${api}/subscription/history`]: { status: 200, body: { items: [], nextCursor: null } },
    ...replies,
  });
  await heading('Lighthouse');
  return requests;
};

/** A figure over 30 days, with the change to compare it with. */
const trend = (
  metric: string,
  aggregate: string,
  value: number,
  change: { value: number; previous: number } | null,
) => {
  const days = { from: '2025-12-04', to: '2026-01-02' };
  const points = [{ label: days.to, from: days.to, to: days.to, value, provisional: false, partial: false }];
  return {
    ...{ metric, aggregate, by: 'day' },
    current: { ...days, value, points },
    previous: { from: '2025-11-04', to: '2025-12-03', value: null, points: [] },
    change: change && { ...days, ...change, previousFrom: '2025-11-04', previousTo: '2025-12-03' },
  };
};

describe('an organization at one look', () => {
  it('says what it uses of its plan, in numbers', async () => {
    await open(address, {});
    const used = within(await screen.findByRole('list', { name: 'Plan usage' }));
    expect(used.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      'Seats4 of 50Users: 3, pending invitations: 1',
      'Teams0 of 15',
      'KPIs0 of 150',
    ]);
    expect(screen.getByText('4711')).toBeTruthy();
    expect(screen.getByText('lighthouse.example')).toBeTruthy();
  });

  it('leads to its own pages', async () => {
    await open(address, {});
    const link = await screen.findByRole('link', { name: 'Open organization' });
    expect(link.getAttribute('href')).toBe(`/organizations/${organizationId}`);
  });

  it('shows its usage as its own admins see it', async () => {
    await open(`${address}?tab=usage`, {
      [`GET /api/organizations/${organizationId}/analytics`]: {
        status: 200,
        body: {
          date: '2026-01-02',
          computedAt: '2026-01-02T10:00:00.000Z',
          comparedTo: '2025-12-03',
          headline: [],
          kpis: { on_track: 4, at_risk: 0, off_track: 0, no_data: 1 },
          reporting: { running: 4, reported: 3 },
          needing: [],
          trends: [
            trend('users', 'last', 7, { value: 7, previous: 5 }),
            trend('checkIns', 'sum', 40, { value: 36, previous: 18 }),
            trend('activeUsers1', 'mean', 3.5, null),
          ],
        },
      },
    });
    const said = async (name: string) => (await screen.findByRole('region', { name })).textContent;
    expect(await said('Users')).toContain('7 +40%vs. 30 days agoAs of');
    expect(await said('Check-ins')).toContain('40 +100%vs. previous 30 daysTotal, ');
    expect(await said('Daily active users')).toMatch(/^Daily active users3\.5Daily average, /);
    expect(await said('KPIs by status')).toContain('3 of 4 active KPIs (75%)');
  });

  it('that isn’t there says so', async () => {
    renderApp(address, {
      'GET /api/me': me('super_admin'),
      [`GET ${api}`]: refusal(404, 'not_found', 'Organization not found.'),
    });
    expect(await heading('Page not found')).toBeTruthy();
  });
});

describe('a change of the subscription', () => {
  const change = (applied: boolean, changes: object = {}) => ({
    status: 200,
    body: {
      applied,
      subscription: { plan: 'starter', startDate: '2026-01-01' },
      exceeded: [{ entitlement: 'seats', used: 14, allowed: 10 }],
      allowances: [{ allowance: 'seats', from: 50, to: 10 }],
      revision: applied ? 2 : 1,
      ...changes,
    },
  });
  const path = `${address}?tab=subscription`;
  const put = `PUT ${api}/subscription`;
  const dryRuns = (requests: readonly Request[]) =>
    requests
      .filter(({ method }) => method === 'PUT')
      .map(({ url, headers }) => [new URL(url).searchParams.get('dryRun'), headers.get('if-match')]);
  const check = async () => {
    await userEvent.selectOptions(await screen.findByRole('combobox', { name: 'Plan' }), 'Starter');
    await userEvent.click(screen.getByRole('button', { name: 'Preview changes' }));
  };

  it('lists what would be too much before anything is changed, and is then applied', async () => {
    const requests = await open(path, {
      [put]: ({ url }) => change(new URL(url).searchParams.get('dryRun') === 'false'),
    });
    expect(screen.queryByRole('button', { name: 'Apply changes' })).toBeNull();
    await check();
    expect(await screen.findByText('Seats: 14 used, 10 allowed')).toBeTruthy();
    expect(dryRuns(requests)).toEqual([['true', '"1"']]);
    await userEvent.click(screen.getByRole('button', { name: 'Apply changes' }));
    expect(await screen.findByText('Plan changed')).toBeTruthy();
    expect(dryRuns(requests)).toEqual([
      ['true', '"1"'],
      ['false', '"1"'],
    ]);
  });

  it('has to be checked anew when it becomes another', async () => {
    await open(path, { [put]: change(false) });
    await check();
    await screen.findByRole('button', { name: 'Apply changes' });
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Plan' }), 'Enterprise');
    expect(screen.queryByRole('button', { name: 'Apply changes' })).toBeNull();
  });

  it('shows both versions when somebody else was first', async () => {
    let revision = 1;
    const requests = await open(path, {
      [`GET ${api}`]: () => ({
        status: 200,
        body: whole({
          revision,
          subscription: { plan: revision === 1 ? 'growth' : 'enterprise', startDate: '2026-01-01' },
        }),
      }),
      [put]: ({ headers }) => {
        if (headers.get('if-match') === '"2"') return change(false);
        revision = 2;
        return refusal(412, 'stale', 'It was changed.');
      },
    });
    await check();
    const dialog = within(
      await screen.findByRole('dialog', { name: 'This has changed since you opened it' }),
    );
    const row = dialog.getByRole('row', { name: /Plan/ });
    expect(row.textContent).toContain('starter');
    await waitFor(() => expect(row.textContent).toContain('enterprise'));
    await userEvent.click(dialog.getByRole('button', { name: 'Keep mine' }));
    expect(await screen.findByText('Seats: 14 used, 10 allowed')).toBeTruthy();
    expect(dryRuns(requests)).toEqual([
      ['true', '"1"'],
      ['true', '"2"'],
    ]);
  });
});

describe('the danger zone', () => {
  const path = `${address}?tab=settings`;

  it('suspends once a reason is given and the name is typed', async () => {
    let status = 'active';
    const requests = await open(path, {
      [`GET ${api}`]: () => ({ status: 200, body: whole({ status, inactiveReason: 'Unpaid' }) }),
      [`POST ${api}/deactivate`]: () => {
        status = 'inactive';
        return { status: 200, body: whole({ status }) };
      },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Suspend' }));
    const suspend = await screen.findByRole('button', { name: 'Suspend organization' });
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText(/^Reason/)));
    await userEvent.type(screen.getByLabelText('Type Lighthouse to confirm'), 'Lighthouse');
    expect(suspend).toHaveProperty('disabled', true);
    await userEvent.type(screen.getByLabelText(/^Reason/), 'Unpaid');
    await userEvent.click(suspend);
    expect(await screen.findByText('Reason: Unpaid')).toBeTruthy();
    const post = requests.find(({ method }) => method === 'POST');
    expect(await post?.json()).toEqual({ reason: 'Unpaid' });
  });
});

describe('the settings that the platform changes', () => {
  it('send what was changed and nothing else, by the API’s own rules', async () => {
    const requests = await open(`${address}?tab=settings`, {
      [`PATCH ${api}`]: { status: 200, body: whole({ revision: 2, externalId: undefined }) },
    });
    const save = await screen.findByRole('button', { name: 'Save' });
    expect(save).toHaveProperty('disabled', true);
    await userEvent.clear(screen.getByRole('textbox', { name: /^External ID/ }));
    await userEvent.type(screen.getByRole('textbox', { name: /^Metadata/ }), '\nregion: north');
    await userEvent.click(save);
    expect(await screen.findByText('Settings saved')).toBeTruthy();
    const patch = requests.find(({ method }) => method === 'PATCH');
    expect(patch?.headers.get('if-match')).toBe('"1"');
    expect(await patch?.json()).toEqual({ externalId: null, metadata: { crm: '4711', region: 'north' } });
  });

  it('say at the field what is wrong with a line', async () => {
    const requests = await open(`${address}?tab=settings`, {});
    await userEvent.type(
      await screen.findByRole('textbox', { name: /^Allowed email domains/ }),
      '\nnonsense',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Enter a domain, such as example.com')).toBeTruthy();
    expect(requests.some(({ method }) => method === 'PATCH')).toBe(false);
  });
});
