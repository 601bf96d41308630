import { screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { heading, me, organizationId, renderApp } from './support/render-app.tsx';

const at = '2026-01-01T00:00:00.000Z';
const api = `/api/organizations/${organizationId}/api-keys`;
const id = 'key_01ARZ3NDEKTSV4RRFFQ69G5FAV';
const apiKey = {
  id,
  organizationId,
  name: 'Nightly import',
  owner: 'organization',
  scopes: ['kpis:read'],
  ending: 'a1b2',
  createdBy: 'user_1',
  revision: 1,
  createdAt: at,
  updatedAt: at,
};
const text = `mtcms_local_${'A'.repeat(26)}_${'B'.repeat(26)}_${'0'.repeat(72)}`;
const list = (...items: readonly object[]) => ({ status: 200, body: { items } });
const page = `/organizations/${organizationId}/api-keys`;

describe('API keys', () => {
  it('are made with scopes, shown once, and then listed without their text', async () => {
    const items: object[] = [];
    const requests = renderApp(page, {
      'GET /api/me': me('org_admin'),
      [`GET ${api}`]: () => list(...items),
      [`POST ${api}`]: () => {
        items.push(apiKey);
        return { status: 201, body: { ...apiKey, key: text } };
      },
    });
    await heading('API keys');
    expect(await screen.findByText('No API keys yet')).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: 'New API key' }));
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.type(dialog.getByRole('textbox', { name: 'Name' }), 'Nightly import{Enter}');
    expect(requests.filter(({ method }) => method === 'POST')).toEqual([]);
    await userEvent.click(dialog.getByRole('checkbox', { name: 'KPIs: read' }));
    await userEvent.selectOptions(dialog.getByRole('combobox', { name: 'Expires' }), 'Never');
    await userEvent.click(dialog.getByRole('button', { name: 'Create API key' }));
    expect(await screen.findByText(text)).toBeDefined();
    const [sent] = requests.filter(({ method }) => method === 'POST');
    expect(await sent?.json()).toEqual({
      name: 'Nightly import',
      owner: 'organization',
      scopes: ['kpis:read'],
    });
    await userEvent.click(screen.getByRole('button', { name: 'I’ve stored the key' }));
    expect(await screen.findByRole('row', { name: /Nightly import/ })).toBeDefined();
    expect(screen.queryByText(text)).toBeNull();
  });

  it('are revoked once that is confirmed', async () => {
    const items: object[] = [apiKey];
    const requests = renderApp(page, {
      'GET /api/me': me('org_admin'),
      [`GET ${api}`]: () => list(...items),
      [`DELETE ${api}/${id}`]: () => {
        items.pop();
        return { status: 204 };
      },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Revoke Nightly import' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Revoke API key' }));
    expect(await screen.findByText('No API keys yet')).toBeDefined();
    expect(requests.find(({ method }) => method === 'DELETE')?.headers.get('if-match')).toBe('"1"');
  });

  it('are for admins only', async () => {
    renderApp(page, { 'GET /api/me': me('team_leader') });
    expect(await screen.findByText(/your organization’s admins/)).toBeDefined();
  });
});
