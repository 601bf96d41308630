import { act, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as LazyPage from '../../web/lib/lazy-page.ts';
import { english } from './support/english.ts';
import { heading, me, renderApp } from './support/render-app.tsx';
import { everything, own, team } from './support/small-organization.ts';

/** Pages whose code can't be fetched. */
const unfetched = vi.hoisted(() => new Set<unknown>());

vi.mock('../../web/lib/lazy-page.ts', async (original) => {
  const { lazyPage } = await original<typeof LazyPage>();
  const importing: typeof lazyPage = (load, name) =>
    lazyPage(async () => {
      if (unfetched.has(name)) throw new TypeError('Failed to fetch dynamically imported module: /page.js');
      return await load();
    }, name);
  return { lazyPage: importing };
});

vi.mock('../../web/app/shortcuts.tsx', () => {
  throw new TypeError('Failed to fetch dynamically imported module: /shortcuts.js');
});

const { errors, shell, teams } = english;

const setOnline = (is: boolean) =>
  act(() => {
    window.dispatchEvent(new Event(is ? 'online' : 'offline'));
  });

beforeEach(() => unfetched.clear());
afterEach(() => {
  vi.restoreAllMocks();
  setOnline(true);
});

/** An admin's teams page; from then on there is no connection, until it is restored. */
async function loseTheConnection() {
  let connected = true;
  const answered =
    (body: unknown, status = 200) =>
    () => {
      if (!connected) throw new TypeError('fetch failed');
      return { status, body };
    };
  renderApp(`${own}/teams`, {
    ...everything,
    'GET /api/me': me('org_admin'),
    [`GET /api${own}/users`]: answered({ items: [], nextCursor: null }),
    [`POST /api${own}/teams`]: answered(team, 201),
  });
  await screen.findByText('Crew');
  connected = false;
  setOnline(false);
  await screen.findByText(shell.offline);
  return () => {
    connected = true;
    setOnline(true);
  };
}

describe('without a connection', () => {
  it('a change is refused at once, until it is back, and can be sent again with what was typed', async () => {
    const connect = await loseTheConnection();
    await userEvent.click(screen.getByRole('button', { name: teams.newTeam }));
    const form = within(await screen.findByRole('dialog', { name: teams.newTeam }));
    await userEvent.type(form.getByRole('textbox', { name: /^Name/ }), 'Pilots');
    await userEvent.click(form.getByRole('button', { name: teams.create }));
    expect((await form.findByRole('alert')).textContent).toContain(errors.offline);
    connect();
    await waitFor(() => expect(form.queryByRole('alert')).toBeNull());
    expect(form.getByRole('textbox', { name: /^Name/ })).toHaveProperty('value', 'Pilots');
    await userEvent.click(form.getByRole('button', { name: teams.create }));
    expect(await heading('Crew')).toBeTruthy();
  });

  it('a list that can’t be read says so, until it is back', async () => {
    const connect = await loseTheConnection();
    await userEvent.click(screen.getByRole('link', { name: 'Users' }));
    await heading('Users');
    expect((await screen.findByRole('alert')).textContent).toContain(errors.offline);
    connect();
    expect(await screen.findByText(english.people.noUsers)).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('a page whose code was never loaded says so within the app, until it is back', async () => {
    const connect = await loseTheConnection();
    const onLine = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    // React reports it too.
    for (const method of ['error', 'warn'] as const) vi.spyOn(console, method).mockReturnValue();
    unfetched.add('KpisPage');
    await userEvent.click(screen.getByRole('link', { name: 'KPIs' }));
    expect((await screen.findByRole('alert')).textContent).toContain(errors.offline);
    expect(screen.getByRole('link', { name: 'KPIs' })).toBeTruthy();
    unfetched.clear();
    onLine.mockReturnValue(true);
    connect();
    expect(await heading('KPIs')).toBeTruthy();
  });

  it('a page with a panel whose code was never loaded says so too, until it is back', async () => {
    const connect = await loseTheConnection();
    const onLine = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    for (const method of ['error', 'warn'] as const) vi.spyOn(console, method).mockReturnValue();
    unfetched.add('TeamsAtAGlance');
    const home = screen.getByRole('link', { name: english.home.home });
    await userEvent.click(home);
    expect((await screen.findByRole('alert')).textContent).toContain(errors.offline);
    unfetched.clear();
    onLine.mockReturnValue(true);
    connect();
    expect(await heading('Lighthouse')).toBeTruthy();
    expect(await screen.findByRole('region', { name: teams.teams })).toBeTruthy();
  });

  it('what is shown over a page, and was never loaded, leaves the page as it is', async () => {
    const connect = await loseTheConnection();
    await userEvent.keyboard('?');
    expect(await screen.findByText(errors.offline)).toBeTruthy();
    expect(await heading('Teams')).toBeTruthy();
    connect();
    await waitFor(() => expect(screen.queryByText(errors.offline)).toBeNull());
  });
});
