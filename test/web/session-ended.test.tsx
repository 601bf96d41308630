import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { UserId } from '../../domain/ids.ts';
import type { Identity } from '../../web/identity/identity.ts';
import { StandInSignIn } from '../../web/identity/stand-in.tsx';
import { heading, me, organizationId, refusal, renderApp } from './support/render-app.tsx';
import { everything, own, team } from './support/small-organization.ts';

type Reply = ReturnType<typeof me>;

const list = (...items: readonly object[]) => ({ status: 200, body: { items, nextCursor: null } });
const { members: _, ...teamSummary } = team;
const firstPersons = /Crew|Pilots|Lighthouse|Ada Lovelace/;
const ada = me('org_admin');
const zoesPlace = {
  status: 'active',
  landingPath: `${own}/kpis`,
  organization: { id: organizationId, name: 'Beacon', status: 'active' },
  rules: [],
  user: {
    userId: UserId.parse('user_9'),
    email: 'zoe@example.com',
    name: 'Zoe',
    role: 'team_member',
    organizationId: organizationId,
    revision: 1,
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
  },
};
const zoe = { status: 200, body: zoesPlace };

const person = (index: number) => ({
  userId: `user_${index}`,
  name: `Person ${index}`,
  email: `person-${index}@example.com`,
  description: 'Somebody',
});

const identity: Identity = {
  signedIn: async () => true,
  token: async () => 'token',
  signOut: async () => undefined,
  renderSignIn: (onSignedIn) => (
    <button type="button" onClick={onSignedIn}>
      Come in
    </button>
  ),
  confirm: async () => false,
  renderAccount: () => null,
  wrap: (app) => app,
};

/**
 * Ada's teams page with a new team's name typed in, when her session ends: later responses are for the next
 * user.
 */
async function endAdasSession(wayIn = identity) {
  let now = ada;
  renderApp(
    `${own}/teams`,
    {
      ...everything,
      'GET /api/me': () => now,
      [`GET /api${own}/kpis`]: list(),
      [`GET /api${own}/teams`]: () =>
        now === ada ? list(teamSummary) : refusal(429, 'rate_limited', 'Wait a moment.'),
      [`POST /api${own}/teams`]: refusal(401, 'unauthenticated', 'Sign in to continue.'),
    },
    { identity: wayIn },
  );
  await screen.findByText('Crew');
  await userEvent.click(screen.getByRole('button', { name: 'New team' }));
  const form = within(await screen.findByRole('dialog', { name: 'New team' }));
  await userEvent.type(form.getByRole('textbox', { name: /^Name/ }), 'Pilots');
  await userEvent.click(form.getByRole('button', { name: 'Create team' }));
  const ended = within(await screen.findByRole('dialog', { name: 'Your session has ended' }));
  const become = (next: Reply) => {
    now = next;
  };
  return { form, ended, become };
}

/** Responses are now for the user who signs in next. */
async function signInOver(next: Reply) {
  const { form, ended, become } = await endAdasSession();
  become(next);
  await userEvent.click(ended.getByRole('button', { name: 'Come in' }));
  await waitFor(() => expect(screen.queryByText('Your session has ended')).toBeNull());
  return form;
}

describe('a session that ended, over whose page somebody signs in', () => {
  it('is gone on with by the same person: what was typed is still there', async () => {
    const form = await signInOver(ada);
    expect(form.getByRole('textbox', { name: /^Name/ })).toHaveProperty('value', 'Pilots');
    expect(window.location.pathname).toBe(`${own}/teams`);
  });

  it('leaves nothing to another person, who begins on their own page and reads everything for themselves', async () => {
    await signInOver(zoe);
    await heading('KPIs');
    expect(window.location.pathname).toBe(`${own}/kpis`);
    expect(screen.queryByRole('dialog', { name: 'New team' })).toBeNull();
    await userEvent.click(screen.getByRole('link', { name: 'Teams' }));
    expect(await screen.findByText('Wait a moment.')).toBeTruthy();
    expect(document.body.textContent).not.toMatch(firstPersons);
  });

  it('shows nothing either when it can’t be read who that is', async () => {
    await signInOver(refusal(429, 'rate_limited', 'Too many requests.'));
    expect(await screen.findByText('Too many requests.')).toBeTruthy();
    expect(document.body.textContent).not.toMatch(firstPersons);
    expect(window.location.pathname).toBe('/');
  });

  it('has the focus where one begins to sign in', async () => {
    const { promise, resolve } = Promise.withResolvers<readonly ReturnType<typeof person>[]>();
    const { ended } = await endAdasSession({
      ...identity,
      renderSignIn: (onSignedIn) => (
        <StandInSignIn readPeople={() => promise} signIn={async () => onSignedIn()} />
      ),
    });
    const close = ended.getByRole('button', { name: 'Close' });
    await waitFor(() => expect(document.activeElement).toBe(close));
    resolve(Array.from({ length: 9 }, (_, index) => person(index)));
    const find = await ended.findByRole('textbox', { name: 'Search people' });
    await waitFor(() => expect(document.activeElement).toBe(find));
  });
});
