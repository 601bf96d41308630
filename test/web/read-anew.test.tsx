import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { comeBack, comeBackLater } from './support/come-back.ts';
import { english } from './support/english.ts';
import { heading, me, type Replies, refusal, renderApp } from './support/render-app.tsx';
import { everything, kpi, own, team } from './support/small-organization.ts';

const { errors, common, shell, teams } = english;
type Reply = Replies[string];

const forbidden = refusal(403, 'forbidden', 'Your role isn’t allowed to read it.');
const gone = refusal(404, 'not_found', 'Not found.');
const busy = refusal(429, 'rate_limited', 'Too many requests.');
const lost = () => {
  throw new TypeError('fetch failed');
};

/** A resource: its page, its request, and some of its text. */
type Shown = readonly [string, string, string, string];

const shown: readonly Shown[] = [
  ['a team', `${own}/teams/${team.id}`, `GET /api${own}/teams/${team.id}`, 'Bea'],
  ['a KPI', `${own}/kpis/${kpi.id}`, `GET /api${own}/kpis/${kpi.id}`, 'Expected today'],
  ['the teams', `${own}/teams`, `GET /api${own}/teams`, 'Crew'],
  ['the users', `${own}/users`, `GET /api${own}/users`, 'Bea'],
];

/** Opens a page, and refetches its data after a while, with a different response. */
async function readAnew([, path, route, words]: Shown, otherwise: Reply) {
  let now = everything[route];
  renderApp(path, {
    ...everything,
    'GET /api/me': me('org_admin'),
    [route]: (request) => {
      if (now === undefined) throw new Error(`the test has no reply to ${route}`);
      return typeof now === 'function' ? now(request) : now;
    },
  });
  await screen.findAllByText(words);
  now = otherwise;
  comeBackLater();
  return (next: Reply) => {
    now = next;
  };
}

describe.each(shown)('%s that one has read', (...view) => {
  const [, , route, words] = view;

  it('is shown no more once it is refused', async () => {
    await readAnew(view, forbidden);
    expect((await screen.findByRole('alert')).textContent).toContain('request-1');
    expect(screen.queryAllByText(words)).toEqual([]);
  });

  it('is shown no more once it is gone', async () => {
    await readAnew(view, gone);
    await waitFor(() => expect(screen.queryAllByText(words)).toEqual([]));
    const said = screen.queryByRole('heading', { name: errors.notFoundPage }) ?? screen.getByRole('alert');
    expect(said).toBeTruthy();
  });

  it.each([
    ['there is no answer', lost],
    ['there are too many requests', busy],
  ])('stays, said to be old, while %s', async (_, failing) => {
    const answer = await readAnew(view, failing);
    expect(await screen.findByText(errors.mayBeOld)).toBeTruthy();
    expect(screen.queryAllByText(words)).not.toEqual([]);
    answer(everything[route] ?? gone);
    await userEvent.click(screen.getByRole('button', { name: common.retry }));
    await waitFor(() => expect(screen.queryByText(errors.mayBeOld)).toBeNull());
    expect(screen.queryAllByText(words)).not.toEqual([]);
  });
});

describe('one’s own role, changed by somebody else', () => {
  const menu = () => within(screen.getByRole('navigation', { name: shell.main }));
  const settings = () => menu().queryByRole('link', { name: english.organizations.settings });

  /** The teams as seen by an admin, who is demoted to a member. */
  async function openTeams() {
    let role: 'org_admin' | 'team_member' = 'org_admin';
    const requests = renderApp(`${own}/teams`, {
      ...everything,
      'GET /api/me': () => me(role),
      [`POST /api${own}/teams`]: forbidden,
    });
    await heading('Teams');
    expect(settings()).not.toBeNull();
    role = 'team_member';
    return requests;
  }

  it('is seen in the menu when one comes back to the window', async () => {
    await openTeams();
    comeBack();
    await waitFor(() => expect(settings()).toBeNull());
    expect(screen.queryByRole('button', { name: teams.newTeam })).toBeNull();
  });

  it('is seen in the menu when something is refused, and the refusal can be read', async () => {
    const requests = await openTeams();
    await userEvent.click(await screen.findByRole('button', { name: teams.newTeam }));
    const dialog = within(await screen.findByRole('dialog', { name: teams.newTeam }));
    await userEvent.type(dialog.getByRole('textbox', { name: /^Name/ }), 'Pilots');
    await userEvent.click(dialog.getByRole('button', { name: teams.create }));
    expect((await dialog.findByRole('alert')).textContent).toContain(errors.titles.forbidden);
    await waitFor(() => expect(document.querySelector(`a[href="${own}/settings"]`)).toBeNull());
    expect(requests.filter(({ url }) => new URL(url).pathname === '/api/me')).toHaveLength(2);
  });
});
