import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { heading, me, organizationId, renderApp } from './support/render-app.tsx';

const teams = `/organizations/${organizationId}/teams`;

/** A page with a list that has a search, and a dialog that a button opens. */
const open = async () => {
  renderApp(teams, {
    'GET /api/me': me('org_admin'),
    [`GET /api${teams}`]: { status: 200, body: { items: [], nextCursor: null } },
  });
  await heading('Teams');
};
const shortcuts = () => screen.findByRole('dialog', { name: 'Keyboard shortcuts' });

describe('the keyboard', () => {
  it('shows what it does on "?", and gives the focus back when that is closed', async () => {
    await open();
    const button = (await screen.findAllByRole('button', { name: 'New team' }))[0];
    button?.focus();
    await userEvent.keyboard('?');
    const rows = within(await shortcuts()).getAllByRole('row');
    expect(rows.map(({ textContent }) => textContent)).toEqual([
      'Search or go toCtrl K',
      'Search this list/',
      'Show keyboard shortcuts?',
      'Close dialog or menuEsc',
    ]);
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(document.activeElement).toBe(button);
  });

  it('lets one type "?" into a field', async () => {
    await open();
    await userEvent.click((await screen.findAllByRole('button', { name: 'New team' }))[0] ?? document.body);
    await userEvent.type(await screen.findByRole('textbox', { name: /^Name/ }), 'Who?');
    expect(screen.getByRole('textbox', { name: /^Name/ })).toHaveProperty('value', 'Who?');
    expect(screen.queryByRole('dialog', { name: 'Keyboard shortcuts' })).toBeNull();
  });

  it('finds them in the palette too', async () => {
    await open();
    await userEvent.keyboard('{Control>}k{/Control}');
    await userEvent.type(await screen.findByRole('textbox', { name: 'Search or go to…' }), 'keyboard{Enter}');
    expect(await shortcuts()).toBeTruthy();
  });

  it('leaves the palette by Escape', async () => {
    await open();
    const palette = { name: 'Search or go to…' };
    await userEvent.keyboard('{Control>}k{/Control}');
    await screen.findByRole('dialog', palette);
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog', palette)).toBeNull());
    await userEvent.keyboard('{Control>}k{/Control}');
    expect(await screen.findByRole('dialog', palette)).toBeTruthy();
  });

  it('is back at the button whose dialog was closed', async () => {
    await open();
    const button = (await screen.findAllByRole('button', { name: 'New team' }))[0];
    if (button !== undefined) await userEvent.click(button);
    const dialog = within(await screen.findByRole('dialog', { name: 'New team' }));
    await userEvent.click(dialog.getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(document.activeElement).toBe(button));
  });
  it('is back at the button of the menu whose item opened the dialog', async () => {
    const bea = {
      userId: 'user_2',
      email: 'bea@example.com',
      name: 'Bea',
      role: 'team_member',
      status: 'active',
    };
    const times = {
      revision: 1,
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-01T00:00:00.000Z',
    };
    renderApp(`/organizations/${organizationId}/users`, {
      'GET /api/me': me('org_admin'),
      [`GET /api/organizations/${organizationId}/users`]: {
        status: 200,
        body: { items: [{ ...bea, ...times, organizationId, teams: {} }], nextCursor: null },
      },
    });
    const button = await screen.findByRole('button', { name: 'Actions for Bea' });
    await userEvent.click(button);
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Remove', hidden: true }));
    await screen.findByRole('dialog', { name: 'Remove Bea?' });
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(document.activeElement).toBe(button));
  });
});
