import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { heading, me, type Replies, refusal, renderApp } from './support/render-app.tsx';
import { colleague, everything, kpi, own, team } from './support/small-organization.ts';

const path = `${own}/users/${colleague.userId}`;
const at = '2026-01-02T03:04:05.000Z';
const ok = (body: unknown) => ({ status: 200, body });
const list = (...items: readonly unknown[]) => ok({ items, nextCursor: null });

const known = {
  ...colleague,
  teams: { [team.id]: 'member' },
  lastActiveOn: new Date().toISOString().slice(0, 10),
  twoFactor: true,
};
const entry = (action: string, more: object = {}) => ({
  ...{ id: action, organizationId: colleague.organizationId, userId: colleague.userId, actorName: 'Bea' },
  ...{ role: 'team_member', action, resource: 'session/sess_1', timestamp: at, schemaVersion: 1 },
  ...{ details: { before: null, after: null, changed: [] }, changes: [] },
  ...more,
});
const chrome = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36';
const invited = { before: null, after: { name: 'Ivo', email: 'ivo@example.com' }, changed: [] };

/** The audit log's responses, by the kind of entries requested. */
const trail =
  (entries: readonly object[]) =>
  ({ url }: Request) => {
    const action = new URL(url).searchParams.get('action');
    return list(...entries.filter((one) => action === null || Reflect.get(one, 'action') === action));
  };

const open = async (role: 'org_admin' | 'team_leader' | 'team_member', replies: Replies = {}) => {
  const requests = renderApp(path, {
    ...everything,
    'GET /api/me': me(role),
    [`GET /api${path}`]: ok(known),
    [`GET /api${own}/teams/${team.id}/initiatives`]: list(),
    [`GET /api${own}/audit`]: trail([
      entry('session.started', { ip: '203.0.113.7', userAgent: chrome }),
      entry('invitation.created', { details: invited }),
    ]),
    ...replies,
  });
  await screen.findByRole('main');
  return requests;
};

const personExport = `/api${own}/person-data/${colleague.userId}/export`;
const started = { userId: colleague.userId, status: 'waiting', requestedAt: at, items: 0, revision: 1 };

describe('the personal data of somebody', () => {
  const openData = async () => userEvent.click(await screen.findByRole('tab', { name: 'Personal data' }));

  it('is exported by an admin, who sees how far that is and gets the file', async () => {
    let found = refusal(404, 'not_found', 'Not found');
    const requests = await open('org_admin', {
      [`GET ${personExport}`]: () => found,
      [`POST ${personExport}`]: () => {
        found = ok(started);
        return { status: 202, body: started };
      },
    });
    await openData();
    await userEvent.click(await screen.findByRole('button', { name: 'Export data' }));
    await screen.findByText('Your export is being created');
    expect(await screen.findByText('Starts in a few minutes')).toBeDefined();
    expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('can be downloaded until it expires, and is made anew then', async () => {
    const ready = { ...started, status: 'ready', items: 412, availableUntil: '2026-01-09T03:04:05.000Z' };
    await open('org_admin', { [`GET ${personExport}`]: ok(ready) });
    await openData();
    expect(await screen.findByText(/^Ready · 412 items · Available until/)).toBeDefined();
    expect(screen.getByRole('button', { name: 'Download' })).toBeDefined();
  });

  it('is erased once one admin has asked and another approves, who is told why not where it can’t be', async () => {
    const erasure = `/api${own}/person-data/${colleague.userId}/erasure`;
    const requestedBy = { id: 'user_2', name: 'Cleo' };
    const asked = { pseudonym: 'user_erased_0123456789abcdef', requestedAt: at, requestedBy, revision: 1 };
    let found: object = { ...asked, status: 'waiting', aloneFrom: '2026-01-03T03:04:05.000Z' };
    let answer = refusal(409, 'conflict', 'This person is still a member.', [], { reason: 'erase_a_member' });
    await open('org_admin', {
      [`GET ${erasure}`]: () => ok(found),
      [`POST ${erasure}`]: () => answer,
    });
    await openData();
    expect(await screen.findByText(/^Requested by Cleo\. Another admin has to approve this\./)).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: 'Approve and erase' }));
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(dialog.getByRole('button', { name: 'Approve and erase' }));
    expect(await screen.findByText(/still a member/)).toBeDefined();
    found = { ...asked, status: 'running' };
    answer = { status: 202, body: found };
    await userEvent.click(dialog.getByRole('button', { name: 'Approve and erase' }));
    expect(await screen.findByText('Being erased. This can take an hour.')).toBeDefined();
  });

  it('isn’t for a team lead', async () => {
    await open('team_leader');
    await heading('Bea');
    expect(screen.queryByRole('tab', { name: 'Personal data' })).toBeNull();
  });
});

describe('a person’s page', () => {
  it('says who they are, what is theirs, and where they signed in', async () => {
    const requests = await open('org_admin');
    await heading('Bea');
    const main = within(screen.getByRole('main'));
    expect(main.getByText('bea@example.com')).toBeDefined();
    expect(main.getAllByText('Team member').length).toBeGreaterThan(0);
    expect((await main.findByRole('link', { name: 'Crew' })).getAttribute('href')).toBe(
      `${own}/teams/${team.id}`,
    );
    expect((await main.findByRole('link', { name: /Shipped/ })).getAttribute('href')).toBe(
      `${own}/kpis/${kpi.id}`,
    );
    const details = within(main.getByRole('region', { name: 'Details' }));
    expect(details.getByText('Today')).toBeDefined();
    expect(details.getByText('On')).toBeDefined();
    const signIns = within(await main.findByRole('list', { name: 'Recent sign-ins' }));
    expect(signIns.getByText('Chrome 140 on Windows')).toBeDefined();
    expect(signIns.getByText(/203\.0\.113\.7/)).toBeDefined();
    expect(
      within(await main.findByRole('list', { name: 'Invitations sent' })).getByText('Ivo'),
    ).toBeDefined();
    const kpis = requests.find(({ url }) => new URL(url).pathname === `/api${own}/kpis`);
    expect(new URL(kpis?.url ?? '').searchParams.get('assigneeId')).toBe(colleague.userId);
  });

  it('asks for nothing of the audit log, and offers nothing, to who may only see them', async () => {
    const requests = await open('team_member');
    await heading('Bea');
    await screen.findByRole('link', { name: /Shipped/ });
    expect(requests.some(({ url }) => url.includes('/audit'))).toBe(false);
    expect(screen.queryByRole('button', { name: 'Actions' })).toBeNull();
    expect(screen.queryByText('Recent sign-ins')).toBeNull();
  });

  it('says that somebody is deactivated, and lets them be reactivated', async () => {
    const requests = await open('org_admin', {
      [`GET /api${path}`]: ok({ ...known, status: 'deactivated' }),
      [`PATCH /api${path}`]: ok({ ...known, revision: 2 }),
    });
    expect(await screen.findByText('Bea is deactivated')).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: 'Actions' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Reactivate', hidden: true }));
    await screen.findByText('Bea reactivated');
    const change = requests.find(({ method }) => method === 'PATCH');
    expect(await change?.json()).toEqual({ status: 'active' });
  });

  it('of one’s own is opened from the menu of the person who is signed in', async () => {
    await open('team_member', {
      [`GET /api${own}/users/user_1`]: ok({ ...colleague, userId: 'user_1', name: 'Ada Lovelace' }),
    });
    await userEvent.click(await screen.findByRole('button', { name: /Ada Lovelace/ }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Profile', hidden: true }));
    await heading('Ada Lovelace');
    expect(window.location.pathname).toBe(`${own}/users/user_1`);
  });

  it('lists the initiatives that are theirs in their teams', async () => {
    const initiative = (id: string, title: string, ownerId: string) => ({
      ...{ id, organizationId: colleague.organizationId, kpiId: kpi.id, kpiName: kpi.name, title, ownerId },
      ...{ dueDate: '2030-01-01', status: 'active', createdBy: 'user_1', createdAt: at, updatedAt: at },
      revision: 1,
    });
    await open('org_admin', {
      [`GET /api${own}/teams/${team.id}/initiatives`]: list(
        initiative('initiative_01KDVDNA00GK1QSXV9DECXFVCM', 'Ship on Mondays', colleague.userId),
        initiative('initiative_01KDVDNA00GK1QSXV9DECXFVCN', 'Somebody else’s', 'user_1'),
      ),
    });
    const initiatives = within(await screen.findByRole('list', { name: 'Initiatives' }));
    expect(initiatives.getAllByRole('listitem')).toHaveLength(1);
    expect(initiatives.getByText('Ship on Mondays')).toBeDefined();
  });

  it('adds them to a team', async () => {
    const requests = await open('org_admin', {
      [`GET /api${path}`]: ok(colleague),
      [`POST /api${own}/teams/${team.id}/members`]: ok({
        team,
        results: [{ userId: colleague.userId, status: 'added' }],
      }),
    });
    await heading('Bea');
    await userEvent.click(screen.getByRole('button', { name: 'Actions' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Add to team', hidden: true }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Add Bea to a team' }));
    await dialog.findByRole('option', { name: 'Crew' });
    await userEvent.selectOptions(dialog.getByRole('combobox', { name: 'Team' }), 'Crew');
    await userEvent.click(dialog.getByRole('button', { name: 'Add to team' }));
    await screen.findByText('Bea added to the team');
    const added = requests.find(({ method }) => method === 'POST');
    expect(await added?.json()).toEqual({ userIds: [colleague.userId] });
  });

  it('tells an admin of somebody who was removed, and by whom', async () => {
    const details = { before: { name: 'Bea' }, after: null, changed: [] };
    const removed = entry('user.removed', { userId: 'user_1', actorName: 'Ada Lovelace', details });
    await open('org_admin', {
      [`GET /api${path}`]: refusal(404, 'not_found', 'There is no such user.'),
      [`GET /api${own}/audit`]: trail([removed]),
    });
    await heading('Bea');
    expect(await screen.findByText('Bea is no longer a member')).toBeDefined();
    expect(screen.getByText(/Removed by Ada Lovelace/)).toBeDefined();
  });

  it('is no page of somebody the audit log doesn’t know, or of whom one may not see', async () => {
    const gone = { [`GET /api${path}`]: refusal(404, 'not_found', 'There is no such user.') };
    await open('org_admin', { ...gone, [`GET /api${own}/audit`]: list() });
    expect(await heading('Page not found')).toBeDefined();
  });

  it('asks nothing of the audit log where one may not read it', async () => {
    const gone = { [`GET /api${path}`]: refusal(404, 'not_found', 'There is no such user.') };
    const requests = await open('team_leader', gone);
    await heading('Page not found');
    expect(requests.some(({ url }) => url.includes('/audit'))).toBe(false);
  });

  it('shows the rest where the audit log can’t be read', async () => {
    await open('org_admin', { [`GET /api${own}/audit`]: refusal(403, 'forbidden', 'You may not.') });
    await heading('Bea');
    expect(await screen.findByRole('link', { name: /Shipped/ })).toBeDefined();
    await waitFor(() => expect(screen.getAllByRole('alert').length).toBeGreaterThan(0));
  });
});
