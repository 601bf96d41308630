import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { clerk } from '../../web/identity/clerk.tsx';
import { standIn } from '../../web/identity/stand-in.tsx';
import { heading, me, organizationId, type Replies, refusal, renderApp } from './support/render-app.tsx';

vi.mock('@clerk/react', async () => (await import('./support/pretended-clerk.tsx')).pretendedClerk);

const at = '2026-01-01T00:00:00.000Z';
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const account = {
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  twoFactor: false,
  sessions: [
    { sessionId: 'sess_old', isCurrent: false, startedAt: at, userAgent: firefox },
    { sessionId: 'sess_now', isCurrent: true, startedAt: at, userAgent: null },
  ],
};
const jwt = `x.${btoa(JSON.stringify({ exp: 4_000_000_000 }))}.x`;
const ok = (body: unknown) => ({ status: 200, body });
const silent = { status: 204 };

const replies: Replies = {
  'GET /api/me': me('org_admin'),
  [`GET /api/organizations/${organizationId}/person-data/user_1/export`]: refusal(404, 'not_found', 'None'),
  [`GET /api/organizations/${organizationId}/person-data/user_1/erasure`]: refusal(404, 'not_found', 'None'),
  'GET /clerk/client': ok({ people: [], session: { userId: 'user_1' } }),
  'POST /clerk/client/token': ok({ jwt }),
  'GET /clerk/client/account': ok(account),
  'POST /clerk/client/second-factor': silent,
  'POST /clerk/client/sessions/end': silent,
};
const bodies = (requests: readonly Request[], path: string) =>
  Promise.all(
    requests
      .filter(({ method, url }) => method === 'POST' && new URL(url).pathname === path)
      .map((request) => request.json()),
  );

describe('one’s own account', () => {
  it('is opened from the menu of the person who is signed in', async () => {
    renderApp('/admin/usage', {
      ...replies,
      'GET /api/me': me('super_admin'),
      'GET /api/admin/usage/runs': ok({ items: [] }),
    });
    await userEvent.click(await screen.findByRole('button', { name: /Ada Lovelace/ }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Account', hidden: true }));
    await heading('Account');
    expect(screen.getByText('The account')).toBeDefined();
  });

  it('is Clerk’s own page where Clerk signs people in', async () => {
    renderApp('/account', replies, { identity: clerk('pk_test') });
    await heading('Account');
    expect(await screen.findByText('Clerk’s own account page')).toBeDefined();
  });

  it('switches the second factor, and signs out another device, at the stand-in', async () => {
    const requests = renderApp('/account', replies, { identity: standIn('/clerk') });
    await heading('Account');
    await userEvent.click(await screen.findByRole('switch', { name: 'Two-factor authentication' }));
    await waitFor(async () =>
      expect(await bodies(requests, '/clerk/client/second-factor')).toEqual([{ enabled: true }]),
    );
    const sessions = within(screen.getByRole('list', { name: 'Sessions' }));
    expect(sessions.getByText('This device')).toBeDefined();
    await userEvent.click(sessions.getByRole('button', { name: 'Sign out Firefox 140 on Linux' }));
    await screen.findByText('Session signed out');
    expect(await bodies(requests, '/clerk/client/sessions/end')).toEqual([{ sessionId: 'sess_old' }]);
  });

  it('exports what the organization holds about oneself', async () => {
    renderApp('/account', replies);
    await heading('Account');
    expect(await screen.findByRole('region', { name: 'Data export' })).toBeDefined();
    expect(screen.getByText(/holds about you/)).toBeDefined();
    expect(await screen.findByRole('button', { name: 'Export data' })).toBeDefined();
  });

  it('says when the stand-in doesn’t answer', async () => {
    renderApp(
      '/account',
      { ...replies, 'GET /clerk/client/account': ok({}) },
      { identity: standIn('/clerk') },
    );
    await heading('Account');
    expect(await screen.findByRole('alert')).toBeDefined();
  });
});
