import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { Identity } from '../../web/identity/identity.ts';
import { approval, own, wholeFeed } from './support/approval.ts';
import { english } from './support/english.ts';
import { me, type Replies, refusal, renderApp } from './support/render-app.tsx';

const { approvals, audit, common } = english;
const path = `/api/admin/approvals/${approval().id}`;
const list = (open: readonly object[], ended: readonly object[] = []) => ({
  'GET /api/admin/approvals': ({ url }: Request) => ({
    status: 200,
    body: { items: url.includes('state=open') ? open : ended, nextCursor: null },
  }),
});
const ok = (body: object, status = 200) => ({ status, body });
const open = (replies: Replies, identity?: Partial<Identity>, address = '/admin/approvals') =>
  renderApp(
    address,
    { 'GET /api/me': me('super_admin'), ...replies },
    identity === undefined ? {} : { identity: { ...signedIn, ...identity } },
  );
const signedIn: Identity = {
  signedIn: async () => true,
  token: async () => 'token',
  signOut: async () => undefined,
  confirm: async () => false,
  renderSignIn: () => null,
  renderAccount: () => null,
  wrap: (app) => app,
};
const region = async (name: string) => within(await screen.findByRole('region', { name }));
const bodyOf = async (requests: readonly Request[], of: string) => {
  const sent = requests.filter(({ method, url }) => `${method} ${new URL(url).pathname}` === of);
  return await Promise.all(sent.map((request) => request.clone().json()));
};
const click = async (name: string) => userEvent.click(await screen.findByRole('button', { name }));
const unconfirmed = refusal(403, 'reverification_required', 'Confirm that it’s you.');

describe('a request of another super admin', () => {
  it('shows exactly what is asked for, by whom, why, and what approving it does', async () => {
    open(list([approval()]));
    const waiting = await region(approvals.waitingForYou);
    const card = within(await waiting.findByRole('listitem'));
    for (const text of ['Grace Hopper', 'grace@example.com', 'She takes over support.', 'Bea Beacon'])
      expect(card.getAllByText(text, { exact: false })).not.toEqual([]);
    expect(card.getByText(approvals.next.becomes('Grace Hopper'))).toBeTruthy();
    expect(card.getByText(approvals.factors.second, { exact: false })).toBeTruthy();
  });

  it('is counted in the menu', async () => {
    open(list([approval(), approval({ ...own, id: `${approval().id.slice(0, -1)}5` })]));
    const link = await screen.findByRole('link', { name: /Approvals/ });
    expect(await within(link).findByText(approvals.waiting(1))).toBeTruthy();
  });

  it('is approved by its hash, once it is confirmed who approves', async () => {
    let isConfirmed = false;
    const requests = open(
      {
        ...list([approval()]),
        [`POST ${path}/approve`]: () =>
          isConfirmed ? ok(approval({ status: 'carried_out', revision: 3 })) : unconfirmed,
      },
      {
        confirm: async () => {
          isConfirmed = true;
          return true;
        },
      },
    );
    await click(approvals.approve);
    const dialog = within(await screen.findByRole('dialog', { name: approvals.approveTitle }));
    await userEvent.click(dialog.getByRole('button', { name: approvals.approve }));
    await screen.findByText(approvals.became(approvals.makeSuperAdmin('Grace Hopper'), 'approved'));
    const hash = approval().hash;
    expect(await bodyOf(requests, `POST ${path}/approve`)).toEqual([{ hash }, { hash }]);
  });

  it('stays as it is when who approves doesn’t confirm', async () => {
    const requests = open({ ...list([approval()]), [`POST ${path}/approve`]: unconfirmed }, {});
    await click(approvals.approve);
    const dialog = within(await screen.findByRole('dialog', { name: approvals.approveTitle }));
    await userEvent.click(dialog.getByRole('button', { name: approvals.approve }));
    expect(await dialog.findByText('Confirm that it’s you.')).toBeTruthy();
    expect(await bodyOf(requests, `POST ${path}/approve`)).toHaveLength(1);
  });

  it('is refused with a reason, without which nothing is sent', async () => {
    const requests = open({
      ...list([approval()]),
      [`POST ${path}/refuse`]: ok(approval({ status: 'refused' })),
    });
    await click(approvals.ends.refuse.action);
    const dialog = within(await screen.findByRole('dialog', { name: approvals.ends.refuse.title }));
    const refuse = dialog.getByRole('button', { name: approvals.ends.refuse.action });
    await userEvent.click(refuse);
    expect(await bodyOf(requests, `POST ${path}/refuse`)).toEqual([]);
    await userEvent.type(dialog.getByRole('textbox', { name: approvals.reason }), 'Not her.');
    await userEvent.click(refuse);
    await waitFor(async () =>
      expect(await bodyOf(requests, `POST ${path}/refuse`)).toEqual([{ reason: 'Not her.' }]),
    );
  });
});

describe('one’s own request', () => {
  const mine = async (changes: object) => {
    open(list([approval({ ...own, ...changes })]));
    return await region(approvals.yours);
  };

  it('can’t be approved or refused by oneself, only withdrawn', async () => {
    const part = await mine({});
    expect(await part.findByRole('button', { name: approvals.ends.withdraw.action })).toBeTruthy();
    expect(screen.queryByRole('button', { name: approvals.approve })).toBeNull();
    expect(screen.queryByRole('button', { name: approvals.ends.refuse.action })).toBeNull();
  });

  it('of the only super admin says from when it can go ahead', async () => {
    const part = await mine({ waitsUntil: '2098-12-31T00:00:00.000Z' });
    expect(await part.findByText(/You’re the only super admin/)).toBeTruthy();
    expect(part.queryByRole('button', { name: approvals.carryOut })).toBeNull();
  });

  it('that is approved is downloaded exactly as it was approved', async () => {
    const asked: string[] = [];
    URL.createObjectURL = () => 'blob:';
    URL.revokeObjectURL = () => undefined;
    // happy-dom would leave the page.
    const saving = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue(undefined);
    open({
      ...list([approval({ ...own, ...wholeFeed, status: 'approved' })]),
      'GET /api/admin/audit/export': ({ url }) => {
        asked.push(new URL(url).search);
        return { status: 200, body: '' };
      },
    });
    await click(approvals.download);
    await waitFor(() => expect(saving).toHaveBeenCalledTimes(1));
    saving.mockRestore();
    const query = new URLSearchParams(asked[0]);
    expect(Object.fromEntries(query)).toEqual({ ...wholeFeed.input, approvalId: approval().id });
  });

  it('is made for a new super admin, and what is wrong with it is said at its field', async () => {
    const requests = open({
      ...list([]),
      'POST /api/admin/approvals': refusal(409, 'already_exists', 'This person is already a super admin.', [
        { path: 'input.email', message: 'This person is already a super admin.' },
      ]),
    });
    await click(approvals.addSuperAdmin);
    const dialog = within(await screen.findByRole('dialog', { name: approvals.addSuperAdmin }));
    const type = async (name: string, text: string) =>
      userEvent.type(dialog.getByRole('textbox', { name }), text);
    await type(approvals.fields.email, 'grace@example.com');
    await type(approvals.fields.name, 'Grace Hopper');
    await type(approvals.reason, 'She joins.');
    await userEvent.click(dialog.getByRole('button', { name: approvals.request }));
    expect(await dialog.findByText('This person is already a super admin.')).toBeTruthy();
    const input = { email: 'grace@example.com', name: 'Grace Hopper' };
    expect(await bodyOf(requests, 'POST /api/admin/approvals')).toEqual([
      { kind: 'super-admin.create', input, reason: 'She joins.' },
    ]);
  });
});

describe('an export of all audit logs', () => {
  it('is requested from the audit log, with its filters and its period', async () => {
    const requests = open(
      {
        ...list([]),
        'GET /api/admin/organizations': ok({ items: [], nextCursor: null }),
        'GET /api/admin/audit': ok({ items: [], nextCursor: null }),
        'POST /api/admin/approvals': ok(approval({ ...own, ...wholeFeed }), 201),
      },
      undefined,
      '/admin/audit?action=user.&from=2026-01-01&to=2026-01-31',
    );
    await click(audit.export);
    await userEvent.click(await screen.findByRole('menuitem', { name: audit.exportJson }));
    const dialog = within(await screen.findByRole('dialog', { name: approvals.exportTitle }));
    await userEvent.type(dialog.getByRole('textbox', { name: approvals.reason }), 'For the audit.');
    await userEvent.click(dialog.getByRole('button', { name: approvals.request }));
    await screen.findByText(approvals.requested);
    expect(await bodyOf(requests, 'POST /api/admin/approvals')).toEqual([
      {
        kind: 'audit-feed.export',
        input: { ...wholeFeed.input, action: 'user.' },
        reason: 'For the audit.',
      },
    ]);
  });
});

describe('the history', () => {
  it('tells what became of a request and why, and opens all that it asked for', async () => {
    open(list([], [approval({ status: 'voided', endReason: 'approver_gone' })]));
    const history = await region(approvals.history);
    await userEvent.click(await history.findByRole('link', { name: /Grace Hopper/ }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText(approvals.voids.approver_gone)).toBeTruthy();
    expect(dialog.getByText('grace@example.com')).toBeTruthy();
    await userEvent.click(dialog.getByRole('button', { name: common.close }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('says when nothing waits and there is none', async () => {
    open(list([]));
    expect(await screen.findByText(approvals.nothingWaits)).toBeTruthy();
    expect(await screen.findByText(approvals.noHistory)).toBeTruthy();
  });

  it('says what went wrong', async () => {
    open({
      'GET /api/admin/approvals': refusal(500, 'internal', 'Something went wrong on our end. Try again.'),
    });
    expect((await screen.findAllByRole('alert')).length).toBeGreaterThan(0);
  });
});
