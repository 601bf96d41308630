import { screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import {
  heading,
  me,
  organization,
  organizationId,
  type Replies,
  refusal,
  renderApp,
} from './support/render-app.tsx';

const path = `/organizations/${organizationId}/settings`;
const api = `/api/organizations/${organizationId}`;
const own = (changes: object = {}) => organization('Lighthouse', { allowedDomains: [], ...changes });

const open = async (replies: Replies) => {
  const requests = renderApp(path, {
    'GET /api/me': me('org_admin'),
    [`GET ${api}`]: { status: 200, body: own() },
    ...replies,
  });
  await heading('Settings');
  return requests;
};
const phone = () => screen.findByRole('textbox', { name: 'Contact phone' });
const save = () => userEvent.click(screen.getByRole('button', { name: 'Save' }));

describe('an organization’s own settings', () => {
  it.each(['team_leader', 'team_member'] as const)('are not for a %s', async (role) => {
    const requests = renderApp(path, { 'GET /api/me': me(role) });
    await heading('You don’t have access to this page');
    expect(requests.map(({ url }) => new URL(url).pathname)).toEqual(['/api/me']);
    expect(screen.queryByRole('link', { name: 'Settings' })).toBeNull();
  });

  it('say that they are read', async () => {
    await open({ [`GET ${api}`]: () => new Promise(() => undefined) });
    expect(await screen.findByRole('status', { name: 'Loading' })).toBeTruthy();
  });

  it('show the plan, and what was used of it when it was counted last', async () => {
    await open({
      [`GET ${api}/usage`]: {
        status: 200,
        body: {
          items: [
            {
              date: '2026-01-02',
              final: true,
              users: 40,
              usersByRole: {},
              activeUsers: { day: 1, week: 1, month: 1 },
              pendingInvitations: 10,
              teams: 2,
              kpis: { on_track: 1, at_risk: 2, off_track: 3, no_data: 4 },
              checkIns: 0,
              changes: 0,
              stage: 'active',
              definition: 1,
              computedAt: '2026-01-02T00:00:00.000Z',
            },
          ],
        },
      },
    });
    const used = within(await screen.findByRole('list', { name: 'Plan usage' }));
    expect(used.getByText('50 of 50, limit reached')).toBeTruthy();
    expect(used.getByText('10 of 150')).toBeTruthy();
  });

  it('are saved for the version that was shown, and can be taken back', async () => {
    const requests = await open({
      [`PATCH ${api}`]: async (request) => {
        const revision = Number(request.headers.get('if-match')?.slice(1, -1)) + 1;
        return { status: 200, body: { ...own({ revision }), ...(await request.clone().json()) } };
      },
    });
    await userEvent.type(await phone(), '123');
    await save();
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    expect(await screen.findByDisplayValue('Cora')).toBeTruthy();
    const patches = requests.filter(({ method }) => method === 'PATCH');
    const contact = { name: 'Cora', email: 'cora@example.com' };
    expect(await Promise.all(patches.map((patch) => patch.json()))).toEqual([
      { contactPerson: { ...contact, phone: '123' } },
      { contactPerson: contact },
    ]);
    expect(patches.map(({ headers }) => headers.get('if-match'))).toEqual(['"1"', '"2"']);
  });

  it('show both versions when somebody else was first, and overwrite only what was decided', async () => {
    let revision = 1;
    const requests = await open({
      [`GET ${api}`]: () => ({
        status: 200,
        body: own({
          revision,
          allowedDomains: revision === 1 ? [] : ['theirs.example'],
          contactPerson: { name: revision === 1 ? 'Cora' : 'Theo', email: 'cora@example.com' },
        }),
      }),
      [`PATCH ${api}`]: ({ headers }) => {
        if (headers.get('if-match') === '"2"') return { status: 200, body: own({ revision: 3 }) };
        revision = 2;
        return refusal(412, 'stale', 'It was changed.');
      },
    });
    await userEvent.type(await phone(), '123');
    await save();
    const dialog = within(
      await screen.findByRole('dialog', { name: 'This has changed since you opened it' }),
    );
    expect(dialog.getAllByRole('row').map(({ textContent }) => textContent)).toEqual([
      'FieldYoursCurrent',
      // Only the contact fields that differ.
      'ContactCora, 123Theo',
    ]);
    await userEvent.click(dialog.getByRole('button', { name: 'Keep mine' }));
    await screen.findByText('Settings saved');
    const last = requests.findLast(({ method }) => method === 'PATCH');
    expect(await last?.json()).toEqual({
      contactPerson: { name: 'Cora', email: 'cora@example.com', phone: '123' },
    });
  });

  it('take what somebody else has written, if that is better', async () => {
    let revision = 1;
    await open({
      [`GET ${api}`]: () => ({
        status: 200,
        body: own({
          revision,
          contactPerson: { name: revision === 1 ? 'Cora' : 'Theo', email: 'c@x.example' },
        }),
      }),
      [`PATCH ${api}`]: () => {
        revision = 2;
        return refusal(412, 'stale', 'It was changed.');
      },
    });
    await userEvent.type(await phone(), '123');
    await save();
    await userEvent.click(await screen.findByRole('button', { name: 'Discard mine' }));
    expect(await screen.findByDisplayValue('Theo')).toBeTruthy();
    expect(await phone()).toHaveProperty('value', '');
  });

  it('keep what was typed when the server can’t be reached', async () => {
    await open({
      [`PATCH ${api}`]: () => {
        throw new TypeError('fetch failed');
      },
    });
    await userEvent.type(await phone(), '123');
    await save();
    expect((await screen.findByRole('alert')).textContent).toContain('Can’t reach the server');
    expect(await phone()).toHaveProperty('value', '123');
  });

  it('say at the field what the server refuses', async () => {
    const message = 'must be shorter';
    await open({
      [`PATCH ${api}`]: refusal(400, 'validation_failed', 'Something is wrong.', [
        { path: 'contactPerson.phone', message },
      ]),
    });
    await userEvent.type(await phone(), '123');
    await save();
    expect(await screen.findByText(message)).toBeTruthy();
  });
});
