import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { english } from './support/english.ts';
import { me, type Replies, refusal, renderApp } from './support/render-app.tsx';
import { colleague, everything, own, team } from './support/small-organization.ts';

const ok = (body: unknown) => ({ status: 200, body });
const list = (...items: readonly unknown[]) => ok({ items, nextCursor: null });
const user = (index: number, name: string, more: object = {}) => ({
  ...colleague,
  userId: `user_${index}`,
  name,
  email: `${name.toLowerCase()}@example.com`,
  ...more,
});
const bea = user(2, 'Bea', { teams: { [team.id]: 'member' }, lastActiveOn: '2026-01-03', twoFactor: false });
const cy = user(3, 'Cy');
const ada = user(1, 'Ada', { role: 'org_admin' });

const open = async (replies: Replies = {}, role: 'org_admin' | 'team_leader' = 'org_admin', search = '') => {
  const requests = renderApp(`${own}/users${search}`, {
    ...everything,
    'GET /api/me': me(role),
    [`GET /api${own}/users`]: list(ada, bea, cy),
    ...replies,
  });
  await screen.findByRole('table', { name: 'Users' });
  return requests;
};
const lists = (requests: readonly Request[]) =>
  requests
    .filter(({ url }) => new URL(url).pathname === `/api${own}/users`)
    .map(({ url }) => new URL(url).searchParams);
const select = async (...names: readonly string[]) => {
  for (const name of names) await userEvent.click(screen.getByRole('checkbox', { name: new RegExp(name) }));
};
const bulk = () => within(screen.getByRole('group', { name: 'Actions for selected rows' }));

describe('the list of users', () => {
  it('names people, their teams, and when they were active, and each name opens their page', async () => {
    await open();
    const row = within(screen.getByRole('row', { name: /Bea/ }));
    expect(row.getByRole('link', { name: /Bea/ }).getAttribute('href')).toBe(`${own}/users/user_2`);
    expect((await row.findByRole('link', { name: 'Crew' })).getAttribute('href')).toBe(
      `${own}/teams/${team.id}`,
    );
    expect(row.getByText('Jan 3, 2026')).toBeDefined();
  });

  it('is sorted by the server: by name at first, and by what is clicked', async () => {
    const requests = await open();
    expect(lists(requests)[0]?.get('sort')).toBe('name');
    await userEvent.click(screen.getByRole('button', { name: /Joined/ }));
    await waitFor(() => expect(lists(requests).at(-1)?.get('sort')).toBe('joined'));
  });

  it('leads who may invite to the dialog for it', async () => {
    await open();
    const invite = english.people.invitePeople;
    expect(screen.getByRole('link', { name: invite }).getAttribute('href')).toBe(
      `${own}/invitations?dialog=invite`,
    );
    await userEvent.click(screen.getByRole('link', { name: invite }));
    expect(await screen.findByRole('dialog', { name: english.people.inviting.title })).toBeTruthy();
  });

  it('lets nobody below an admin select, or see who was active', async () => {
    await open({}, 'team_leader');
    expect(screen.queryAllByRole('checkbox')).toEqual([]);
    expect(screen.queryByText('Last active')).toBeNull();
    expect(screen.queryByRole('button', { name: /Actions for/ })).toBeNull();
  });
});

describe('several users at once', () => {
  it('get another role, once one has chosen it', async () => {
    const requests = await open({
      [`PATCH /api${own}/users/user_2`]: ok({ ...bea, role: 'team_leader' }),
      [`PATCH /api${own}/users/user_3`]: ok({ ...cy, role: 'team_leader' }),
    });
    await select('Bea', 'Cy');
    await userEvent.click(bulk().getByRole('button', { name: 'Change role' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Change the role of 2 people' }));
    await userEvent.selectOptions(dialog.getByRole('combobox', { name: 'Role' }), 'Team lead');
    await userEvent.click(dialog.getByRole('button', { name: 'Change role' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const changes = requests.filter(({ method }) => method === 'PATCH');
    expect(await Promise.all(changes.map((request) => request.json()))).toEqual([
      { role: 'team_leader' },
      { role: 'team_leader' },
    ]);
  });

  it('are told apart where it can’t be done for all: who was removed, and why not the other', async () => {
    await open({
      [`DELETE /api${own}/users/user_2`]: ok({ needNewOwner: { teams: [], kpis: [] } }),
      [`DELETE /api${own}/users/user_3`]: refusal(409, 'stale', 'It has changed since.'),
    });
    await select('Bea', 'Cy');
    await userEvent.click(bulk().getByRole('button', { name: 'Remove' }));
    const asked = within(await screen.findByRole('dialog', { name: 'Remove 2 people?' }));
    expect(asked.getByText(/lose access immediately/)).toBeDefined();
    await userEvent.click(asked.getByRole('button', { name: 'Remove 2 people' }));
    const results = within(await screen.findByRole('list', { name: 'Results' }));
    const [first, second] = results.getAllByRole('listitem');
    expect(first?.textContent).toBe('Bea Done');
    expect(second?.textContent).toMatch(/^Cy .*changed/);
  });

  it('are all selected from beside the actions, where cards have no titles to press', async () => {
    await open();
    await select('Bea');
    // Only visible on phones.
    await userEvent.click(bulk().getByText(english.table.selectAll));
    expect(bulk().getByRole('status').textContent).toBe(english.table.selected('3'));
  });

  it('never include oneself where it would shut one out', async () => {
    await open();
    await select('Ada', 'Bea');
    expect(bulk().getByRole('button', { name: /^Deactivate/ }).textContent).toContain('1');
    expect(bulk().getByRole('button', { name: 'Add to team' })).toBeDefined();
  });

  it('join a team together', async () => {
    const requests = await open({
      [`POST /api${own}/teams/${team.id}/members`]: ok({ team, results: [] }),
    });
    await select('Bea', 'Cy');
    await userEvent.click(bulk().getByRole('button', { name: 'Add to team' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Add 2 people to a team' }));
    await userEvent.selectOptions(await dialog.findByRole('combobox', { name: 'Team' }), 'Crew');
    await userEvent.click(dialog.getByRole('button', { name: 'Add to team' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(2);
  });
});
