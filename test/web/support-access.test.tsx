import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { newSupportAccessId } from '../../domain/ids.ts';
import { english } from './support/english.ts';
import { heading, me, organizationId, type Replies, refusal, renderApp } from './support/render-app.tsx';
import { colleague, everything, own } from './support/small-organization.ts';
import { entry } from './support/trail.tsx';

const { supportAccess: texts, shell, audit, kpis } = english;
const support = `/api${own}/support-access`;
const now = new Date();
const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString();
const id = newSupportAccessId(now);

const access = (changes: object = {}) => ({
  ...{ id, organizationId, operator: { id: 'user_1', name: 'Ada Lovelace' }, reason: 'Ticket 4711' },
  ...{ mode: 'read', state: 'open', isEmergency: false, minutes: 60, extensions: [], revision: 1 },
  ...{ from: inMinutes(0), until: inMinutes(60.5), createdAt: inMinutes(0), updatedAt: inMinutes(0) },
  ...changes,
});
const asked = access({ state: 'requested', from: undefined, until: undefined, mode: 'change' });

/** The API's responses for a super admin with this support access. */
function visiting(current: object | null, stage = 'reasoned', more: object = {}): Replies {
  const state = { current };
  return {
    ...everything,
    'GET /api/me': me('super_admin'),
    [`GET ${support}/current`]: () => ({
      status: 200,
      body: { stage, supportAccess: state.current, rules: [], ...more },
    }),
    [`POST ${support}`]: async (request) => {
      state.current = access({ ...(await request.json()) });
      return { status: 201, body: state.current };
    },
    [`POST ${support}/${id}/end`]: () => {
      const ended = access({ state: 'ended' });
      state.current = null;
      return { status: 200, body: ended };
    },
  };
}

/** The changes that were sent, as `METHOD path`. */
const changesIn = (requests: readonly Request[]) =>
  requests
    .filter(({ method }) => method !== 'GET')
    .map(({ method, url }) => `${method} ${new URL(url).pathname}`);

describe('a super admin', () => {
  it('opens an organization with a reason, and reads nothing of it before', async () => {
    const user = userEvent.setup();
    const requests = renderApp(`${own}/kpis`, visiting(null));
    const dialog = within(await screen.findByRole('dialog', { name: texts.openTitle('Lighthouse') }));
    expect(requests.some(({ url }) => url.includes('/kpis'))).toBe(false);
    await user.click(dialog.getByRole('button', { name: texts.open }));
    expect(changesIn(requests)).toEqual([]);
    await user.type(dialog.getByLabelText(/^Reason/), 'Ticket 4711');
    await user.click(dialog.getByLabelText(texts.modes.change));
    await user.click(dialog.getByRole('button', { name: texts.open }));
    // Making changes requires a reason too.
    expect(changesIn(requests)).toEqual([]);
    await user.type(dialog.getByLabelText(/^Why you need/), 'The target is wrong');
    await user.click(dialog.getByRole('button', { name: texts.open }));
    expect(await heading(kpis.kpis)).toBeDefined();
    expect((await screen.findByRole('note')).textContent).toContain(
      texts.banner('Lighthouse', texts.modes.change),
    );
    expect(screen.getByRole('timer').textContent).toMatch(/^(1 h|60 minutes|59 minutes|1 h 0 min) left$/);
  });

  it('is offered no change while it is read-only, and ends it at once', async () => {
    const user = userEvent.setup();
    const requests = renderApp(`${own}/kpis`, visiting(access()));
    expect(await heading(kpis.kpis)).toBeDefined();
    expect(screen.queryByRole('button', { name: kpis.newKpi })).toBeNull();
    await user.click(await screen.findByRole('button', { name: texts.endNow }));
    expect(await screen.findByText(shell.support.needed)).toBeDefined();
    expect(changesIn(requests)).toEqual([`POST ${support}/${id}/end`]);
  });

  it('is offered changes where it is to change', async () => {
    renderApp(`${own}/kpis`, visiting(access({ mode: 'change' })));
    expect(await screen.findByRole('button', { name: kpis.newKpi })).toBeDefined();
  });

  it('sees that an admin has to grant it, and withdraws the request', async () => {
    const user = userEvent.setup();
    renderApp(own, visiting(asked, 'consented'));
    expect(await screen.findByText(texts.waitingTitle('Lighthouse'))).toBeDefined();
    await user.click(screen.getByRole('button', { name: texts.withdraw }));
    expect(await screen.findByText(shell.support.needed)).toBeDefined();
  });

  it('sees a user’s pages as that user, and who they are stays', async () => {
    const viewing = { ...colleague, role: 'team_member' };
    renderApp(`${own}/kpis`, visiting(access({ viewingAs: colleague.userId }), 'reasoned', { viewing }));
    expect(await screen.findByText(texts.viewingAs('Bea'))).toBeDefined();
    expect(screen.queryByRole('link', { name: audit.audit })).toBeNull();
    expect(screen.getByRole('button', { name: texts.stopViewing })).toBeDefined();
    expect(screen.getAllByText('Ada Lovelace').length).toBeGreaterThan(0);
  });

  it('is told what can’t be extended', async () => {
    const user = userEvent.setup();
    renderApp(own, {
      ...visiting(access()),
      [`POST ${support}/${id}/extend`]: refusal(409, 'conflict', 'Eight hours at most.', [], {
        reason: 'lengthening_needs_approval',
      }),
    });
    await user.click(await screen.findByRole('button', { name: texts.extend }));
    const dialog = within(await screen.findByRole('dialog', { name: texts.extendTitle }));
    await user.type(dialog.getByLabelText(/^Reason/), 'Not done yet');
    await user.click(dialog.getByRole('button', { name: texts.extend }));
    expect(await dialog.findByText('Eight hours at most.')).toBeDefined();
  });

  it('sees the customer and not what is in the organization, on its page', async () => {
    const requests = renderApp(`/admin${own}?tab=users`, visiting(null));
    expect(await screen.findByText(shell.support.needed)).toBeDefined();
    expect(requests.some(({ url }) => url.includes('/users'))).toBe(false);
    const link = screen.getAllByRole('link', { name: shell.support.open })[0];
    expect(link?.getAttribute('href')).toBe(own);
  });
});

/** The API's responses for an admin of the organization. */
const atHome = (...items: readonly object[]): Replies => ({
  ...everything,
  'GET /api/me': me('org_admin'),
  [`GET ${support}`]: { status: 200, body: { items, nextCursor: null, stage: 'consented' } },
});

describe('an organization’s admin', () => {
  it('is told on every page who is in, and that it is an emergency', async () => {
    const sofia = { operator: { id: 'user_9', name: 'Sofia' } };
    renderApp(`${own}/kpis`, atHome(access({ ...sofia, isEmergency: true })));
    const note = await screen.findByRole('note');
    expect(note.textContent).toContain(texts.isInEmergency('Sofia'));
    expect(note.textContent).toContain('Ticket 4711');
    expect(within(note).getByRole('link', { name: texts.review }).getAttribute('href')).toBe(
      `${own}/support-access`,
    );
  });

  it('grants less than was asked for', async () => {
    const user = userEvent.setup();
    const sent: unknown[] = [];
    renderApp(`${own}/support-access`, {
      ...atHome(asked),
      [`POST ${support}/${id}/grant`]: async (request) => {
        sent.push(await request.json());
        return { status: 200, body: access() };
      },
    });
    await user.click(await screen.findByRole('button', { name: texts.grant }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.selectOptions(dialog.getByLabelText(texts.duration), '30');
    await user.click(dialog.getByLabelText(texts.modes.read));
    await user.click(dialog.getByRole('button', { name: texts.grant }));
    await waitFor(() => expect(sent).toEqual([{ mode: 'read', minutes: 30 }]));
  });

  it('sees what was viewed and changed, by the support access', async () => {
    const asking: string[] = [];
    renderApp(`${own}/support-access`, {
      ...atHome(access()),
      [`GET /api${own}/audit`]: ({ url }) => {
        asking.push(new URL(url).searchParams.get('supportAccess') ?? '');
        const made = { role: 'super_admin', actorName: 'Sofia', supportAccess: id };
        const seen = { organizationId, access: { seen: 'Kpi' } };
        return {
          status: 200,
          body: {
            items: [
              entry({
                ...made,
                id: 'b',
                action: 'support-access.viewed',
                details: { before: null, after: seen, changed: [] },
              }),
              entry({ ...made, id: 'a', action: 'team.deleted', requestId: 'r-1' }),
            ],
            names: {},
            nextCursor: null,
          },
        };
      },
    });
    const list = await screen.findByRole('list', { name: audit.entries });
    await waitFor(() => expect(list.textContent).toContain('viewed KPIs'));
    expect(list.textContent).toContain(audit.inSupport);
    expect(asking).toContain(id);
  });

  it('ends it after a question, and makes it read-only with one click', async () => {
    const user = userEvent.setup();
    const requests = renderApp(`${own}/support-access`, {
      ...atHome(access({ mode: 'change' })),
      [`POST ${support}/${id}/narrow`]: { status: 200, body: access() },
      [`POST ${support}/${id}/end`]: { status: 200, body: access({ state: 'ended' }) },
    });
    await user.click(await screen.findByRole('button', { name: texts.makeReadOnly }));
    await waitFor(() => expect(changesIn(requests)).toEqual([`POST ${support}/${id}/narrow`]));
    await user.click(screen.getByRole('button', { name: texts.end }));
    const dialog = within(await screen.findByRole('dialog', { name: texts.endTitle('Ada Lovelace') }));
    await user.click(dialog.getByRole('button', { name: texts.end }));
    await waitFor(() => expect(changesIn(requests)).toContain(`POST ${support}/${id}/end`));
  });

  it('sees that nobody was in', async () => {
    renderApp(`${own}/support-access`, atHome());
    expect(await screen.findByText(texts.none)).toBeDefined();
  });
});

describe('the platform’s audit log', () => {
  it('says of what is withheld only that it happened', async () => {
    renderApp('/admin/audit', {
      ...everything,
      'GET /api/me': me('super_admin'),
      'GET /api/admin/audit': {
        status: 200,
        body: {
          items: [entry({ action: 'user.role-changed', actorName: null, isWithheld: true })],
          nextCursor: null,
        },
      },
    });
    const list = await screen.findByRole('list', { name: audit.entries });
    await waitFor(() => expect(list.textContent).toContain(english.trail.actions['user.role-changed']));
    expect(list.textContent).not.toContain('Ada');
  });
});
