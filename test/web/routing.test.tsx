import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { heading, me, organizationId, refusal, renderApp } from './support/render-app.tsx';

const empty = { status: 200, body: { items: [], nextCursor: null } };

describe('after sign-in', () => {
  it('the super admin lands on the dashboard', async () => {
    renderApp('/', { 'GET /api/me': me('super_admin'), 'GET /api/admin/organizations': empty });
    expect(await heading('Dashboard')).toBeTruthy();
  });

  it.each(['org_admin', 'team_leader', 'team_member'] as const)(
    'a %s lands on the home of the organization',
    async (role) => {
      renderApp('/', { 'GET /api/me': me(role) });
      expect(await heading('Lighthouse')).toBeTruthy();
      expect(window.location.pathname).toBe(`/organizations/${organizationId}`);
    },
  );

  it('nobody who is signed out sees more than the way in', async () => {
    const requests = renderApp('/admin/dashboard', {}, { signed: false });
    expect(await screen.findByText('The way in')).toBeTruthy();
    expect(requests).toEqual([]);
  });
});

describe('a page for somebody else', () => {
  it.each(['/admin/dashboard', '/admin/organizations/new', `/admin/organizations/${organizationId}`])(
    'tells an admin of an organization who may open %s, and asks the server for nothing of it',
    async (path) => {
      const requests = renderApp(path, { 'GET /api/me': me('org_admin') });
      expect(await heading('You don’t have access to this page')).toBeTruthy();
      expect(requests.map(({ url }) => new URL(url).pathname)).toEqual(['/api/me']);
    },
  );

  it('of another organization is one that isn’t there', async () => {
    renderApp('/organizations/org_01ARZ3NDEKTSV4RRFFQ69G5FAV', { 'GET /api/me': me('org_admin') });
    expect(await heading('Page not found')).toBeTruthy();
  });

  it('shows a member no part of the organization that the rules keep from them', async () => {
    renderApp('/', { 'GET /api/me': me('team_member') });
    await heading('Lighthouse');
    expect(screen.queryAllByRole('tab')).toEqual([]);
  });
});

describe('who can’t be let in', () => {
  it.each([
    ['organization_inactive', 'Your organization is suspended'],
    ['subscription_expired', 'Your organization’s plan has ended'],
  ])('reads why: %s', async (code, title) => {
    renderApp('/', { 'GET /api/me': refusal(403, code, 'closed') });
    expect(await heading(title)).toBeTruthy();
  });

  it.each([
    ['invitation_expired', 'Your invitation has expired'],
    ['invitation_for_another_address', 'This invitation is for another email address'],
    ['not_invited', 'You don’t have an invitation yet'],
  ])('reads why the invitation doesn’t hold: %s', async (reason, title) => {
    const pending = { status: 'pending', userId: 'user_1', reason, landingPath: '/welcome' };
    renderApp('/welcome', { 'GET /api/me': { status: 200, body: pending } });
    expect(await heading(title)).toBeTruthy();
  });

  it('is led to the way in when the session has ended', async () => {
    renderApp('/', { 'GET /api/me': refusal(401, 'unauthenticated', 'Sign in to continue.') });
    expect(await screen.findByText('The way in')).toBeTruthy();
  });
});
