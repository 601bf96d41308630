import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { newTeamId } from '../../domain/ids.ts';
import { comeBackLater } from './support/come-back.ts';
import { heading, me, organizationId, refusal, renderApp } from './support/render-app.tsx';

const at = '2026-01-01T00:00:00.000Z';
const id = newTeamId(new Date(at));
const api = `/api/organizations/${organizationId}`;
const team = (name: string, revision: number) => ({
  id,
  name,
  organizationId,
  memberCount: 0,
  members: [],
  createdAt: at,
  updatedAt: at,
  revision,
});

describe('a team that somebody edits', () => {
  it('is changed from what was opened, whatever is read meanwhile: both versions are shown', async () => {
    let stored = team('Crew', 1);
    const requests = renderApp(`/organizations/${organizationId}/teams/${id}`, {
      'GET /api/me': me('org_admin'),
      [`GET ${api}/teams/${id}`]: () => ({ status: 200, body: stored }),
      [`GET ${api}/users`]: { status: 200, body: { items: [], nextCursor: null } },
      [`PATCH ${api}/teams/${id}`]: refusal(412, 'stale', 'It was changed.'),
    });
    await heading('Crew');
    await userEvent.click(screen.getByRole('button', { name: 'Edit…' }));
    await userEvent.type(await screen.findByRole('textbox', { name: 'Description' }), 'Mine');
    stored = team('Their crew', 2);
    comeBackLater();
    await waitFor(() => expect(document.title).toContain('Their crew'));
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    const row = await screen.findByRole('row', { name: /^Name/ });
    expect(row.textContent).toBe('NameCrewTheir crew');
    const sent = requests.find(({ method }) => method === 'PATCH');
    expect(sent?.headers.get('if-match')).toBe('"1"');
  });

  it('is left by Escape, one dialog after the other, also when what was clicked can’t have the focus', async () => {
    const both = /^(Edit Crew|Somebody else has changed this)$/;
    renderApp(`/organizations/${organizationId}/teams/${id}`, {
      'GET /api/me': me('org_admin'),
      [`GET ${api}/teams/${id}`]: { status: 200, body: team('Crew', 1) },
      [`GET ${api}/users`]: { status: 200, body: { items: [], nextCursor: null } },
      [`PATCH ${api}/teams/${id}`]: refusal(412, 'stale', 'It was changed.'),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Edit…' }));
    const save = await screen.findByRole('button', { name: 'Save' });
    save.addEventListener('click', () => save.blur());
    await userEvent.click(save);
    await screen.findByRole('dialog', { name: 'Somebody else has changed this' });
    for (const left of [1, 0]) {
      await userEvent.keyboard('{Escape}');
      await waitFor(() => expect(screen.queryAllByRole('dialog', { name: both })).toHaveLength(left));
    }
  });
});
