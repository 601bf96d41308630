import { screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { pageReplies } from './support/every-page.ts';
import {
  heading,
  me,
  organization,
  organizationId,
  type Replies,
  refusal,
  renderApp,
} from './support/render-app.tsx';
import { colleague, invitation } from './support/small-organization.ts';

const address = `/admin/organizations/${organizationId}`;
const api = `/api/organizations/${organizationId}`;
const ok = (body: unknown) => ({ status: 200, body });
const list = (...items: readonly unknown[]) => ok({ items, nextCursor: null });
const customer = (changes: object) =>
  ok(organization('Lighthouse', { allowedDomains: [], metadata: {}, externalId: 'L-1', ...changes }));
const judged = (level: string, ...reasons: readonly object[]) => ({
  health: { level, score: 55, weekAgo: { date: '2026-11-17', score: 70 }, reasons },
});

const open = async (changes: object, replies: Replies = {}) => {
  const requests = renderApp(address, {
    ...pageReplies,
    'GET /api/me': me('super_admin'),
    [`GET /api${address}`]: customer(changes),
    [`GET /api${address}/subscription/history`]: list(),
    ...replies,
  });
  await heading('Lighthouse');
  return requests;
};
const region = async (name: string) => within(await screen.findByRole('region', { name }));

describe('the health of a customer', () => {
  it('is said with its reasons in words, each leading to where something can be done', async () => {
    await open(
      judged(
        'at_risk',
        { code: 'low_activity', level: 'at_risk', count: 3, of: 24, weight: 30 },
        { code: 'no_check_ins', level: 'watch', days: 12, weight: 15 },
        { code: 'plan_ends_soon', level: 'watch', days: 20, date: '2100-01-01', weight: 25 },
        { code: 'teams_without_leader', level: 'watch', count: 2, of: 6, weight: 10 },
        { code: 'invitations_waiting', level: 'watch', count: 5, of: 5, weight: 5 },
      ),
    );
    const health = await region('Health');
    expect(health.getByText('At risk')).toBeTruthy();
    expect(health.getByText('55 of 100')).toBeTruthy();
    expect(health.getByText('−15 since last week')).toBeTruthy();
    expect(health.getByTitle('takes 30 points off the score').textContent).toBe('−30');
    const links = within(health.getByRole('list', { name: 'Health' })).getAllByRole('link');
    expect(links.map((link) => [link.textContent, link.getAttribute('href')?.split('=')[1]])).toEqual([
      ['3 of 24 people active this week', 'usage'],
      ['No check-ins for 12 days', 'kpis'],
      ['Plan ends in 20 days', 'subscription'],
      ['2 teams without a lead', 'teams'],
      ['Invitations pending for over a week: 5', 'invitations'],
    ]);
    expect(health.getByRole('link', { name: 'Email Cora' }).getAttribute('href')).toBe(
      'mailto:cora@example.com',
    );
  });

  it('has nothing to do when all is well', async () => {
    await open(judged('healthy'));
    const health = await region('Health');
    expect(health.getByText('No problems found.')).toBeTruthy();
    expect(health.queryByText('Next step')).toBeNull();
  });

  it('offers a larger plan where a limit is reached', async () => {
    await open({ ...judged('healthy'), counts: { users: 3, pendingInvitations: 1, teams: 15, kpis: 0 } });
    const health = await region('Health');
    expect(health.getByRole('link', { name: 'Change plan' })).toBeTruthy();
  });

  it('can resend the invitation of the first admin at once', async () => {
    const invited = { ...invitation, role: 'org_admin' };
    const requests = await open(judged('new', { code: 'no_admin', level: 'new', weight: 10 }), {
      [`GET ${api}/users`]: list(),
      [`GET ${api}/invitations`]: list(invited),
      [`POST ${api}/invitations/${invitation.id}/resend`]: ok(invited),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Resend invitation to Ivo' }));
    expect(await screen.findByText('Invitation sent to ivo@example.com')).toBeTruthy();
    expect(requests.some(({ method }) => method === 'POST')).toBe(true);
    expect((await region('People to talk to')).getByText('Admin, invitation pending')).toBeTruthy();
  });

  it('says why an invitation could not be resent', async () => {
    const invited = { ...invitation, role: 'org_admin' };
    await open(judged('new', { code: 'no_admin', level: 'new', weight: 10 }), {
      [`GET ${api}/invitations`]: list(invited),
      [`POST ${api}/invitations/${invitation.id}/resend`]: refusal(409, 'conflict', 'It was accepted.'),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Resend invitation to Ivo' }));
    expect(await screen.findByText('It was accepted.')).toBeTruthy();
  });
});

describe('a customer’s page', () => {
  it('names whom to talk to, the contact who is an admin once', async () => {
    await open(judged('healthy'), {
      [`GET ${api}/users`]: list(
        { ...colleague, name: 'Cora', email: 'Cora@example.com', role: 'org_admin' },
        { ...colleague, userId: 'user_9', name: 'Dan', email: 'dan@example.com', role: 'org_admin' },
      ),
    });
    const people = await region('People to talk to');
    await people.findByText('Contact, admin');
    expect(people.getAllByRole('listitem')).toHaveLength(2);
    expect(people.getByRole('link', { name: 'Dan' }).getAttribute('href')).toBe(
      `/organizations/${organizationId}/users/user_9`,
    );
  });

  it('says in its place when people can’t be read, and goes on without them', async () => {
    await open(judged('healthy'), {
      [`GET ${api}/users`]: refusal(503, 'identity_unavailable', 'Not now.'),
    });
    expect(await (await region('People to talk to')).findByRole('alert')).toBeTruthy();
    expect((await region('Plan usage')).getByText('4 of 50')).toBeTruthy();
  });

  it('tells what happened, the latest first', async () => {
    const growth = { plan: 'growth', startDate: '2026-01-01' };
    const change = { role: 'super_admin', by: 'user_1', byName: 'Ada Lovelace' };
    await open(
      {
        ...judged('healthy'),
        reached: { admin_joined: '2026-01-03T08:00:00.000Z', active: '2026-02-01T08:00:00.000Z' },
        suspendedAt: '2026-03-01T08:00:00.000Z',
        reactivatedAt: '2026-03-02T08:00:00.000Z',
        subscription: { ...growth, endDate: '2100-01-01' },
      },
      {
        [`GET /api${address}/subscription/history`]: list(
          {
            ...{ ...change, revision: 2, at: '2026-02-10T08:00:00.000Z' },
            before: { plan: 'starter', startDate: '2026-01-01' },
            after: growth,
          },
          {
            ...{ ...change, revision: 1, at: '2026-01-01T00:00:00.000Z', before: null },
            after: { plan: 'starter', startDate: '2026-01-01' },
          },
        ),
      },
    );
    const timeline = await region('Timeline');
    await timeline.findByText('Organization created by Ada Lovelace');
    expect(timeline.getAllByRole('listitem').map((item) => item.querySelector('a')?.textContent)).toEqual([
      'Plan ends',
      'Reactivated',
      'Suspended',
      'Plan changed from Starter to Growth',
      'First check-in',
      'First admin joined',
      'Organization created by Ada Lovelace',
    ]);
    expect(within(screen.getByRole('region', { name: 'Details' })).getByText('Ada Lovelace')).toBeTruthy();
  });

  it('lets ids be copied', async () => {
    const user = userEvent.setup();
    await open(judged('healthy'));
    const details = await region('Details');
    await user.click(details.getByRole('button', { name: 'Copy Organization ID' }));
    expect(await navigator.clipboard.readText()).toBe(organizationId);
    expect(await details.findByText('Copied')).toBeTruthy();
    expect(details.getByRole('button', { name: 'Copy External ID' })).toBeTruthy();
  });

  it('says how far a new customer has come', async () => {
    await open({ ...judged('new'), stage: 'team_created' });
    const onboarding = await region('Onboarding');
    expect(onboarding.getByText('4 of 6 stages reached')).toBeTruthy();
  });

  it('is in German too', async () => {
    const { loadTexts } = await import('../../web/text/catalogue.ts');
    renderApp(
      address,
      {
        ...pageReplies,
        'GET /api/me': me('super_admin'),
        [`GET /api${address}`]: customer(
          judged('watch', { code: 'no_check_ins', level: 'watch', days: 12, weight: 15 }),
        ),
      },
      { language: { language: 'de', texts: await loadTexts('de') } },
    );
    expect(await screen.findByText('Keine Check-ins seit 12 Tagen')).toBeTruthy();
    expect(screen.getByText('Handlungsbedarf')).toBeTruthy();
  });
});
