import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { newTeamId } from '../../domain/ids.ts';
import { english } from './support/english.ts';
import { heading, me, organizationId, refusal, renderApp } from './support/render-app.tsx';

const { teams, shell, common, organizations } = english;
const at = '2026-01-01T00:00:00.000Z';
const id = newTeamId(new Date(at));
const api = `/api/organizations/${organizationId}`;
const team = {
  ...{ id, name: 'Crew', organizationId, memberCount: 0, members: [], revision: 1 },
  ...{ createdAt: at, updatedAt: at },
};
const list = { status: 200, body: { items: [], nextCursor: null } };
const own = {
  ...{ id: organizationId, name: 'Lighthouse', status: 'active', allowedDomains: [], revision: 1 },
  contactPerson: { name: 'Cora', email: 'cora@example.com' },
  subscription: { plan: 'growth', startDate: '2026-01-01' },
  ...{ createdAt: at, updatedAt: at },
};
const asked = () => screen.findByRole('dialog', { name: shell.unsaved.title });

describe('what is typed and not sent yet', () => {
  it('is asked about before its dialog is closed, and stays for who keeps editing', async () => {
    renderApp(`/organizations/${organizationId}/teams`, {
      'GET /api/me': me('org_admin'),
      [`GET ${api}/teams`]: list,
    });
    await heading('Teams');
    const [open] = await screen.findAllByRole('button', { name: teams.newTeam });
    if (open === undefined) throw new Error('there is no such button');
    await userEvent.click(open);
    await userEvent.type(await screen.findByRole('textbox', { name: /^Name/ }), 'Pilots');
    await userEvent.click(screen.getByRole('button', { name: common.cancel }));
    await asked();
    await userEvent.click(screen.getByRole('button', { name: shell.unsaved.keep }));
    await waitFor(() => expect(screen.queryByRole('dialog', { name: shell.unsaved.title })).toBeNull());
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: /^Name/ }).value).toBe('Pilots');
    await userEvent.click(screen.getByRole('button', { name: common.cancel }));
    await userEvent.click(await screen.findByRole('button', { name: shell.unsaved.discard }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('is asked about before its page is left by a link, and not any more once it was discarded', async () => {
    renderApp(`/organizations/${organizationId}/settings`, {
      'GET /api/me': me('org_admin'),
      [`GET ${api}`]: { status: 200, body: own },
      [`GET ${api}/teams`]: list,
    });
    await heading('Settings');
    await userEvent.type(await screen.findByRole('textbox', { name: organizations.contactPhone }), '123');
    await userEvent.click(screen.getByRole('link', { name: 'Teams' }));
    await asked();
    await userEvent.click(screen.getByRole('button', { name: shell.unsaved.keep }));
    await heading('Settings');
    await userEvent.click(screen.getByRole('link', { name: 'Teams' }));
    await asked();
    await userEvent.click(screen.getByRole('button', { name: shell.unsaved.discard }));
    expect(await heading('Teams')).toBeDefined();
  });

  it('is nothing any more when it was sent: a new team leads on to its page', async () => {
    renderApp(`/organizations/${organizationId}/teams`, {
      'GET /api/me': me('org_admin'),
      [`GET ${api}/teams`]: list,
      [`POST ${api}/teams`]: { status: 201, body: team },
      [`GET ${api}/teams/${id}`]: { status: 200, body: team },
    });
    const [open] = await screen.findAllByRole('button', { name: teams.newTeam });
    if (open === undefined) throw new Error('there is no such button');
    await userEvent.click(open);
    await userEvent.type(await screen.findByRole('textbox', { name: /^Name/ }), 'Crew');
    await userEvent.click(screen.getByRole('button', { name: teams.create }));
    expect(await heading('Crew')).toBeDefined();
    expect(screen.queryByRole('dialog', { name: shell.unsaved.title })).toBeNull();
  });
});

describe('a conflict between two changes', () => {
  const changedBy = async (updatedBy: object | undefined) => {
    let stored: object = team;
    renderApp(`/organizations/${organizationId}/teams/${id}`, {
      'GET /api/me': me('org_admin'),
      [`GET ${api}/teams/${id}`]: () => ({ status: 200, body: stored }),
      [`PATCH ${api}/teams/${id}`]: () => {
        const updatedAt = new Date(Date.now() - 120_000).toISOString();
        stored = { ...team, name: 'Their crew', revision: 2, updatedAt, updatedBy };
        return refusal(412, 'stale', 'It was changed.');
      },
    });
    await userEvent.click(await screen.findByRole('button', { name: teams.edit }));
    await userEvent.type(await screen.findByRole('textbox', { name: /^Name/ }), '!');
    await userEvent.click(await screen.findByRole('button', { name: common.save }));
    await screen.findByRole('row', { name: /Crew!.*Their crew/ });
  };

  it('says who made the other one, and when', async () => {
    await changedBy({ id: 'user_2', name: 'Bob' });
    expect(screen.getByText('Bob changed this 2 minutes ago.')).toBeDefined();
  });

  it('says so where it was oneself, on another device', async () => {
    await changedBy({ id: 'user_1', name: 'Ada Lovelace' });
    expect(screen.getByRole('dialog', { name: shell.conflict.ownTitle })).toBeDefined();
    expect(screen.getByText(/^You changed this 2 minutes ago/)).toBeDefined();
  });

  it('names nobody where nobody is known', async () => {
    await changedBy(undefined);
    expect(screen.getByText('This was changed 2 minutes ago.')).toBeDefined();
  });
});
