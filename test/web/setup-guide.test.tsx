import { screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { pageReplies } from './support/every-page.ts';
import { me, organizationId, renderApp } from './support/render-app.tsx';

afterEach(() => localStorage.clear());

const home = `/organizations/${organizationId}`;
const pages = [
  ['admin_joined', 'users'],
  ['people_invited', 'invitations'],
  ['team_created', 'teams'],
  ['leader_named', 'teams'],
  ['kpi_created', 'kpis'],
] as const;

/** A checklist with the first few steps done. */
const onboarding = (done: number) => ({
  status: 200,
  body: {
    stage: 'people_invited',
    steps: pages.map(([step, page], index) => ({
      ...{ step, title: '', hint: '', done: index < done },
      link: `${home}/${page}`,
    })),
    done,
    next: pages[done]?.[0] ?? null,
  },
});
const open = (done: number) =>
  renderApp(home, {
    ...pageReplies,
    'GET /api/me': me('org_admin'),
    [`GET /api${home}/onboarding`]: onboarding(done),
  });
const guide = async () => within(await screen.findByRole('region', { name: 'Set up your organization' }));

describe('the setup guide', () => {
  it('opens the next step with its button, and counts what is done', async () => {
    open(2);
    const { getByText, getByRole } = await guide();
    expect(getByText('2 of 5 steps done')).toBeTruthy();
    expect(getByRole('button', { expanded: true }).textContent).toBe('Create your first team');
    expect(getByRole('link', { name: 'Create a team' }).getAttribute('href')).toBe(`${home}/teams`);
    expect(getByText(/people who work on the same KPIs/)).toBeTruthy();
  });

  it('folds what is done', async () => {
    open(2);
    const { getByRole, getByText } = await guide();
    const fold = getByRole('button', { name: '2 steps completed' });
    expect(getByText('Join as the first admin').closest('[hidden]')).toBeTruthy();
    await userEvent.click(fold);
    expect(fold.getAttribute('aria-expanded')).toBe('true');
    expect(getByText('Join as the first admin').closest('[hidden]')).toBeNull();
  });

  it('has one step open at a time', async () => {
    open(2);
    const { getByRole, getAllByRole, queryByRole } = await guide();
    await userEvent.click(getByRole('button', { name: 'Create your first KPI' }));
    expect(getAllByRole('button', { expanded: true }).map(({ textContent }) => textContent)).toEqual([
      'Create your first KPI',
    ]);
    expect(getByRole('link', { name: 'Create a KPI' })).toBeTruthy();
    expect(queryByRole('link', { name: 'Create a team' })).toBeNull();
  });

  it('is a line that can be dismissed for good once all is done', async () => {
    open(5);
    expect(await screen.findByText('Your organization is set up.')).toBeTruthy();
    expect(screen.queryByRole('region', { name: 'Set up your organization' })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(screen.queryByText('Your organization is set up.')).toBeNull();
    expect(localStorage.getItem(`mtcms-setup-done-${organizationId}`)).toBe('true');
  });

  it('is for the organization’s admins and the super admin only', async () => {
    const asked = renderApp(home, { ...pageReplies, 'GET /api/me': me('team_member') });
    await screen.findByRole('heading', { level: 1 });
    await screen.findByRole('table', { name: 'Your KPIs' });
    expect(asked.some(({ url }) => url.endsWith('/onboarding'))).toBe(false);
  });
});
