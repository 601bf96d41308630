import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { newTeamId } from '../../domain/ids.ts';
import { comeBackLater } from './support/come-back.ts';
import { english } from './support/english.ts';
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
  it('keeps what others have changed meanwhile beside one’s own change', async () => {
    let stored = team('Crew', 1);
    const requests = renderApp(`/organizations/${organizationId}/teams/${id}`, {
      'GET /api/me': me('org_admin'),
      [`GET ${api}/teams/${id}`]: () => ({ status: 200, body: stored }),
      [`GET ${api}/users`]: { status: 200, body: { items: [], nextCursor: null } },
      [`PATCH ${api}/teams/${id}`]: ({ headers }) =>
        headers.get('if-match') === '"2"'
          ? { status: 200, body: { ...stored, description: 'Me', revision: 3 } }
          : refusal(412, 'stale', 'It was changed.'),
    });
    await heading('Crew');
    await userEvent.click(screen.getByRole('button', { name: 'Edit' }));
    await userEvent.type(await screen.findByRole('textbox', { name: 'Description' }), 'Me');
    stored = team('Their crew', 2);
    comeBackLater();
    await waitFor(() => expect(document.title).toContain('Their crew'));
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const sent = requests.filter(({ method }) => method === 'PATCH');
    expect(sent.map(({ headers }) => headers.get('if-match'))).toEqual(['"1"', '"2"']);
    expect(await sent[1]?.json()).toEqual({ name: 'Their crew', description: 'Me' });
  });

  it('is left by Escape, one dialog after the other, also when what was clicked can’t have the focus', async () => {
    const both = /^(Edit Crew|This has changed since you opened it)$/;
    let stored = team('Crew', 1);
    renderApp(`/organizations/${organizationId}/teams/${id}`, {
      'GET /api/me': me('org_admin'),
      [`GET ${api}/teams/${id}`]: () => ({ status: 200, body: stored }),
      [`GET ${api}/users`]: { status: 200, body: { items: [], nextCursor: null } },
      [`PATCH ${api}/teams/${id}`]: () => {
        stored = team('Their crew', 2);
        return refusal(412, 'stale', 'It was changed.');
      },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Edit' }));
    await userEvent.type(await screen.findByRole('textbox', { name: /^Name/ }), '!');
    const save = await screen.findByRole('button', { name: 'Save' });
    save.addEventListener('click', () => save.blur());
    await userEvent.click(save);
    const row = await screen.findByRole('row', { name: /^Name/ });
    expect(row.textContent).toBe('NameCrew!Their crew');
    const open = (count: number) =>
      waitFor(() => expect(screen.queryAllByRole('dialog', { name: both })).toHaveLength(count));
    await userEvent.keyboard('{Escape}');
    await open(1);
    // Unsaved input.
    await userEvent.keyboard('{Escape}');
    const { title, discard } = english.shell.unsaved;
    await screen.findByRole('dialog', { name: title });
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog', { name: title })).toBeNull());
    await open(1);
    await userEvent.keyboard('{Escape}');
    await userEvent.click(await screen.findByRole('button', { name: discard }));
    await open(0);
  });
});
