import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { clerk } from '../../web/identity/clerk.tsx';
import { setAuth, setConfirms } from './support/pretended-clerk.tsx';
import { heading, me, organizationId, refusal, renderApp } from './support/render-app.tsx';

vi.mock('@clerk/react', async () => (await import('./support/pretended-clerk.tsx')).pretendedClerk);

const teams = `/organizations/${organizationId}/teams`;
const asks = (requests: readonly Request[], method: string, path: string) =>
  requests.filter((request) => request.method === method && new URL(request.url).pathname === path);

beforeEach(() => setAuth({ isLoaded: true, isSignedIn: true }));

/**
 * The teams page with the name of a new team typed in. The API accepts it from the user signed in at Clerk.
 */
async function typeATeam() {
  const requests = renderApp(
    teams,
    {
      'GET /api/me': me('org_admin'),
      [`GET /api${teams}`]: { status: 200, body: { items: [], nextCursor: null } },
      [`POST /api${teams}`]: ({ headers }) =>
        headers.get('authorization') === 'Bearer new'
          ? refusal(409, 'conflict', 'Try again.')
          : refusal(401, 'unauthenticated', 'Sign in to continue.'),
    },
    { identity: clerk('pk_test') },
  );
  await userEvent.click(await screen.findByRole('button', { name: 'New team' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'New team' }));
  await userEvent.type(dialog.getByRole('textbox', { name: /^Name/ }), 'Pilots');
  return { requests, dialog };
}

describe('a session of Clerk’s that ends in the middle of a form', () => {
  it('is begun anew over the page, step by step, and what was typed can be sent again', async () => {
    const { requests, dialog } = await typeATeam();
    await userEvent.click(dialog.getByRole('button', { name: 'Create team' }));
    const ended = within(await screen.findByRole('dialog', { name: 'Your session has ended' }));
    await userEvent.click(ended.getByRole('button', { name: 'Continue' }));
    await userEvent.type(await ended.findByRole('textbox', { name: 'Code' }), '424242');
    const asked = asks(requests, 'GET', `/api${teams}`).length;
    await userEvent.click(await ended.findByRole('button', { name: 'Finish' }));
    await waitFor(() => expect(screen.queryByText('Your session has ended')).toBeNull());
    await waitFor(() => expect(asks(requests, 'GET', `/api${teams}`)).toHaveLength(asked + 1));
    expect(window.location.pathname + window.location.hash).toBe(teams);
    expect(screen.queryByRole('alert')).toBeNull();
    expect(dialog.getByRole('textbox', { name: /^Name/ })).toHaveProperty('value', 'Pilots');
    await userEvent.click(dialog.getByRole('button', { name: 'Create team' }));
    await waitFor(() => expect(asks(requests, 'POST', `/api${teams}`)).toHaveLength(2));
    expect(screen.queryByText('Your session has ended')).toBeNull();
  });
});

describe('confirming with Clerk that it is oneself', () => {
  it.each([true, false])('answers whether the person has done it: %s', async (confirms) => {
    setConfirms(confirms);
    const identity = clerk('pk_test');
    renderApp(teams, { 'GET /api/me': refusal(403, 'forbidden', 'No.') }, { identity });
    expect(await identity.confirm()).toBe(confirms);
    expect(await identity.confirm()).toBe(confirms);
  });
});

describe('the page on which one signs in with Clerk', () => {
  const replies = { 'GET /api/me': me('org_admin') };

  it('leads to one’s own home', async () => {
    setAuth({ isLoaded: true, isSignedIn: false });
    renderApp('/sign-in', replies, { identity: clerk('pk_test') });
    await userEvent.click(await screen.findByRole('button', { name: 'Continue' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Finish' }));
    expect(await heading('Lighthouse')).toBeTruthy();
    expect(window.location.pathname).toBe(`/organizations/${organizationId}`);
  });

  it('leads there at once who is signed in', async () => {
    renderApp('/sign-in', replies, { identity: clerk('pk_test') });
    expect(await heading('Lighthouse')).toBeTruthy();
  });

  it('is where one comes whose session the API doesn’t take, however long Clerk holds it', async () => {
    const refused = { 'GET /api/me': refusal(401, 'unauthenticated', 'Sign in to continue.') };
    const requests = renderApp('/', refused, { identity: clerk('pk_test') });
    expect(await screen.findByRole('button', { name: 'Continue' })).toBeTruthy();
    expect(asks(requests, 'GET', '/api/me')).toHaveLength(1);
  });
});
