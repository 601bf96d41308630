import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { FeedAuditEntry } from '../../domain/audit/audit.schema.ts';
import { PLATFORM } from '../../domain/ids.ts';
import { itemKinds } from '../../domain/nouns.ts';
import { english } from '../../web/text/catalogue.ts';
import { me, organization, organizationId, renderApp } from './support/render-app.tsx';
import { colleague, everything } from './support/small-organization.ts';

const { audit, trail } = english;
const timestamp = '2026-01-02T03:04:05.000Z';

const entry = (changes: Partial<FeedAuditEntry>): FeedAuditEntry => ({
  id: `entry ${changes.action}`,
  organizationId,
  userId: 'user_1',
  actorName: 'Ada Lovelace',
  role: 'org_admin',
  action: 'user.role-changed',
  resource: 'user/user_2',
  details: { before: null, after: null, changed: [] },
  changes: [],
  timestamp,
  organizationName: 'Lighthouse',
  schemaVersion: 1,
  ...changes,
});
const page = (...items: FeedAuditEntry[]) => ({ status: 200, body: { items, nextCursor: null } });
const own = `/organizations/${organizationId}/audit`;

/** Opens an organization's trail of one entry; gives what it is asked for, as it comes. */
function openTrail(): readonly string[] {
  const asked: string[] = [];
  renderApp(own, {
    ...everything,
    'GET /api/me': me('org_admin'),
    [`GET /api${own}`]: ({ url }) => {
      asked.push(new URL(url).search);
      return page(entry({}));
    },
  });
  return asked;
}

const entries = async () => within(await screen.findByRole('list', { name: audit.entries }));

describe('the audit trail', () => {
  it('has words for every action of the domain, and for no other', () => {
    const named = itemKinds.flatMap((kind) => kind.trail?.actions ?? []);
    expect(Object.keys(trail.actions).sort()).toEqual([...named].sort());
  });

  it('has a word for every attribute it shows', () => {
    const shown = itemKinds.flatMap((kind) => kind.trail?.shows ?? []);
    expect(shown.filter((name) => !Object.hasOwn(trail.fields, name))).toEqual([]);
  });

  it('takes a word of the product for one only where it can be one', async () => {
    const changes = [
      { field: 'contactPerson.name', before: 'active', after: 'leader' },
      { field: 'status', before: 'active', after: 'inactive' },
      { field: 'endDate', after: '2027-01-31' },
    ];
    renderApp(own, {
      ...everything,
      'GET /api/me': me('org_admin'),
      [`GET /api${own}`]: page(entry({ action: 'organization.deactivated', changes })),
    });
    const list = await entries();
    expect((await list.findByText('Contact · Name')).parentElement?.textContent).toContain('activeleader');
    expect(list.getByText('Status').parentElement?.textContent).toContain('activesuspended');
    expect(list.getByText('Jan 31, 2027')).toBeTruthy();
  });

  it('says a change in words, with what was before and what is now', async () => {
    const change = { field: 'role', before: 'team_member', after: 'team_leader' };
    renderApp(own, {
      ...everything,
      'GET /api/me': me('org_admin'),
      [`GET /api${own}`]: page(entry({ changes: [change] })),
    });
    const list = await entries();
    expect(await list.findByText('Role changed')).toBeTruthy();
    expect(list.getByText('by Ada Lovelace')).toBeTruthy();
    expect(list.getByText('team member').tagName).toBe('DEL');
    expect(list.getByText('team lead').tagName).toBe('INS');
  });

  it('keeps the ids and times of what is new for who looks closer', async () => {
    const changes = [
      { field: 'value', after: 1250.5 },
      { field: 'kpiId', after: 'kpi_01M8KT2M5Y3R3V4J1A0S8Q9ZXC' },
    ];
    const created = entry({
      action: 'check-in.created',
      resource: 'check-in/chk_1',
      requestId: 'r-1',
      changes,
    });
    renderApp(own, { ...everything, 'GET /api/me': me('org_admin'), [`GET /api${own}`]: page(created) });
    const list = await entries();
    expect((await list.findByText('1,250.5')).closest('details')).toBeNull();
    const details = list.getByText(/^kpi_01/).closest('details');
    expect(details?.open).toBe(false);
    expect(details?.textContent).toContain('check-in.created');
    expect(details?.textContent).toContain('check-in/chk_1');
    expect(details?.textContent).toContain('r-1');
  });

  it('says to whom or what it was done: by name where the entry has it', async () => {
    const image = { userId: 'user_2', name: 'Bea' };
    const removed = entry({ action: 'user.removed', details: { before: image, after: null, changed: [] } });
    const unnamed = entry({ action: 'check-in.created', resource: 'check-in/chk_1' });
    renderApp(own, {
      ...everything,
      'GET /api/me': me('org_admin'),
      [`GET /api${own}`]: page(removed, unnamed),
    });
    const list = await entries();
    expect((await list.findByText('User removed')).parentElement?.textContent).toBe('User removedBea');
    expect(list.getByText('Checked in').parentElement?.textContent).toBe('Checked in');
  });

  it('shows a legacy system’s own action as it is', async () => {
    renderApp(own, {
      ...everything,
      'GET /api/me': me('org_admin'),
      [`GET /api${own}`]: page(entry({ action: 'LOGIN' })),
    });
    expect((await entries()).getAllByText('LOGIN').length).toBeGreaterThan(0);
  });

  it('is filtered by a person chosen by name and by an action chosen in words', async () => {
    const asked = openTrail();
    await entries();
    const who = screen.getByLabelText(audit.actor);
    await waitFor(() => expect(who.getAttribute('list')).not.toBeNull());
    await userEvent.type(who, 'bea{Enter}');
    await waitFor(() => expect(asked.at(-1)).toContain(`actor=${colleague.userId}`));
    expect(who).toHaveProperty('value', `Bea (${colleague.email})`);
    await userEvent.type(screen.getByLabelText(audit.action), 'KPI deleted');
    await waitFor(() => expect(asked.at(-1)).toContain('action=kpi.deleted'));
  });

  it('says at the field what is no filter, and asks for nothing', async () => {
    const asked = openTrail();
    await entries();
    await userEvent.type(screen.getByLabelText(audit.action), 'whatever{Enter}');
    expect(
      await screen.findByText('Enter an action, such as user.removed, or a beginning, such as user.'),
    ).toBeTruthy();
    expect(asked.filter((search) => search.includes('action'))).toEqual([]);
  });
});

describe('the trails of all organizations', () => {
  it('lead from an entry to its organization by name, and of the platform nowhere', async () => {
    const onPlatform = entry({ action: 'session.started', organizationId: PLATFORM, organizationName: null });
    renderApp('/admin/audit', {
      'GET /api/me': me('super_admin'),
      'GET /api/admin/audit': page(entry({}), onPlatform),
    });
    const links = (await entries()).getAllByRole('link');
    expect(links.map((link) => [link.textContent, link.getAttribute('href')])).toEqual([
      ['Lighthouse', `/admin/organizations/${organizationId}`],
    ]);
  });

  it('are narrowed to an organization by its name, and not by one that there isn’t', async () => {
    const asked: string[] = [];
    renderApp('/admin/audit', {
      'GET /api/me': me('super_admin'),
      'GET /api/admin/organizations': {
        status: 200,
        body: { items: [organization('Lighthouse')], nextCursor: null },
      },
      'GET /api/admin/audit': ({ url }) => {
        asked.push(new URL(url).search);
        return page(entry({}));
      },
    });
    await entries();
    const field = screen.getByLabelText(audit.organization);
    await waitFor(() => expect(field.getAttribute('list')).not.toBeNull());
    await userEvent.type(field, 'Elsewhere{Enter}');
    expect(await screen.findByText(audit.noSuchOrganization)).toBeTruthy();
    await userEvent.clear(field);
    await userEvent.type(field, 'light{Enter}');
    await waitFor(() => expect(asked.at(-1)).toContain(`organizationId=${organizationId}`));
  });
});
