import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { FeedAuditEntry } from '../../domain/audit/audit.schema.ts';
import { PLATFORM } from '../../domain/ids.ts';
import { english } from './support/english.ts';
import { me, organization, organizationId, renderApp } from './support/render-app.tsx';
import { colleague, everything, team } from './support/small-organization.ts';
import { entries, entry, image, openTrail, own, timestamp, told } from './support/trail.tsx';

const { audit } = english;
const page = (...items: FeedAuditEntry[]) => ({ status: 200, body: { items, nextCursor: null } });

describe('the audit log', () => {
  it('shows what there was before and after in a drawer that can be linked to', async () => {
    const changed = entry({
      ...{ requestId: 'r-1', ip: '10.0.0.1' },
      userAgent:
        'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36',
      details: {
        before: image({ role: 'team_member', name: 'Bea' }),
        after: image({ role: 'team_leader', name: 'Bea' }),
        changed: ['role'],
      },
      changes: [{ field: 'role', before: 'team_member', after: 'team_leader' }],
    });
    openTrail([changed]);
    expect(await told()).toEqual(['Ada Lovelace changed the role of Bea from team member to team lead']);
    await userEvent.click(screen.getByRole('button', { name: audit.details }));
    const drawer = within(await screen.findByRole('dialog'));
    const cells = (await drawer.findAllByRole('cell')).map((cell) => cell.textContent);
    expect(cells).toEqual(['team member', 'team lead']);
    expect(drawer.getByText('Chrome 131 on Windows')).toBeTruthy();
    expect(drawer.getByText('r-1')).toBeTruthy();
    expect(drawer.getByText('10.0.0.1')).toBeTruthy();
    expect(new URLSearchParams(window.location.search).get('entry')).toBe(`${timestamp}~${changed.id}`);
  });

  it('finds an entry that is linked to and not among those shown, by its time', async () => {
    const linked = entry({ id: 'linked', action: 'session.started' });
    const asked: string[] = [];
    renderApp(`${own}?entry=${encodeURIComponent(`${timestamp}~linked`)}`, {
      ...everything,
      'GET /api/me': me('org_admin'),
      [`GET /api${own}`]: ({ url }) => {
        const { searchParams } = new URL(url);
        if (!searchParams.has('from')) return page(entry({}));
        asked.push(`${searchParams.get('from')} ${searchParams.get('to')}`);
        return page(linked);
      },
    });
    expect(await within(await screen.findByRole('dialog')).findByText(/signed in/)).toBeTruthy();
    expect(asked).toEqual([`${timestamp} ${timestamp}`]);
  });

  it('is filtered by a person and an action that are picked by name', async () => {
    const asked = openTrail();
    await entries();
    await userEvent.type(screen.getByRole('combobox', { name: audit.actor }), 'bea');
    await userEvent.click(await screen.findByRole('option', { name: 'Bea' }));
    await waitFor(() => expect(asked.at(-1)).toContain(`actor=${colleague.userId}`));
    await userEvent.type(screen.getByRole('combobox', { name: audit.action }), 'KPI deleted');
    await userEvent.click(await screen.findByRole('option', { name: 'KPI deleted' }));
    await waitFor(() => expect(asked.at(-1)).toContain('action=kpi.deleted'));
    await userEvent.click(screen.getByRole('button', { name: audit.clear }));
    await waitFor(() => expect(window.location.search).toBe(''));
  });

  it('is filtered by a team that is picked by name, and by a preset of time', async () => {
    const asked = openTrail();
    await entries();
    await userEvent.click(screen.getByRole('combobox', { name: audit.about }));
    await userEvent.click(await screen.findByRole('option', { name: team.name }));
    await waitFor(() => expect(asked.at(-1)).toContain(`about=${encodeURIComponent(`team/${team.id}`)}`));
    await userEvent.click(screen.getByRole('combobox', { name: audit.period }));
    await userEvent.click(await screen.findByRole('option', { name: audit.periods.today }));
    await waitFor(() => expect(asked.at(-1)).toContain(`from=${new Date().toISOString().slice(0, 10)}`));
  });

  it('goes on taking filters of old links by their ids, which can be taken away', async () => {
    const asked = openTrail([entry({})], {}, `${own}?resource=user%2Fuser_2&actor=user_9`);
    await entries();
    expect(asked.at(-1)).toContain('resource=user%2Fuser_2');
    expect(asked.at(-1)).toContain('actor=user_9');
    await userEvent.click(screen.getByRole('button', { name: audit.removeFilter('user/user_2') }));
    await waitFor(() => expect(asked.at(-1)).not.toContain('resource'));
  });
});

describe('the audit log of all organizations', () => {
  it('names KPIs and teams as they were called then, which no other organization’s names tell', async () => {
    const names = { kpi_1: 'Churn rate', team_1: 'Crew' };
    renderApp('/admin/audit', {
      'GET /api/me': me('super_admin'),
      'GET /api/admin/organizations': { status: 200, body: { items: [], nextCursor: null } },
      'GET /api/admin/audit': page(
        entry({
          action: 'check-in.created',
          names,
          resource: 'checkIn/1',
          details: { before: null, after: image({ kpiId: 'kpi_1', value: 3 }), changed: [] },
        }),
        entry({
          action: 'team.member-removed',
          names,
          resource: 'teamMember/team_1#member#user_2',
          details: {
            before: image({ teamId: 'team_1', userId: 'user_2', name: 'Bea', role: 'member' }),
            after: null,
            changed: [],
          },
        }),
      ),
    });
    expect(await told()).toEqual([
      'Ada Lovelace checked in 3 for Churn rate',
      'Ada Lovelace removed Bea from Crew',
    ]);
  });

  it('leads from an entry to its organization by name, and of the platform nowhere', async () => {
    const onPlatform = entry({
      ...{ action: 'session.started', organizationId: PLATFORM, organizationName: null },
      role: 'super_admin',
    });
    renderApp('/admin/audit', {
      'GET /api/me': me('super_admin'),
      'GET /api/admin/organizations': { status: 200, body: { items: [], nextCursor: null } },
      'GET /api/admin/audit': page(entry({ action: 'session.started', userId: 'user_7' }), onPlatform),
    });
    expect(await told()).toEqual(['Ada Lovelace signed in', 'Ada Lovelace signed in']);
    const links = (await entries()).getAllByRole('link');
    expect(links.map((link) => [link.textContent, link.getAttribute('href')])).toEqual([
      ['Ada Lovelace', `/organizations/${organizationId}/users/user_7`],
      ['Lighthouse', `/admin/organizations/${organizationId}`],
    ]);
  });

  it('is narrowed to an organization that is picked by name, and exported as it is shown', async () => {
    const asked: string[] = [];
    const exported: string[] = [];
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
      'GET /api/admin/audit/export': ({ url }) => {
        exported.push(new URL(url).search);
        return { status: 200, body: '' };
      },
      [`GET /api/organizations/${organizationId}/users`]: {
        status: 200,
        body: { items: [], nextCursor: null },
      },
    });
    await entries();
    await userEvent.type(screen.getByRole('combobox', { name: audit.organization }), 'light');
    await userEvent.click(await screen.findByRole('option', { name: 'Lighthouse' }));
    await waitFor(() => expect(asked.at(-1)).toContain(`organizationId=${organizationId}`));
    URL.createObjectURL = () => 'blob:';
    URL.revokeObjectURL = () => undefined;
    await userEvent.click(screen.getByRole('button', { name: audit.export }));
    await userEvent.click(await screen.findByRole('menuitem', { name: audit.exportCsv }));
    await waitFor(() => expect(exported.at(-1)).toContain(`organizationId=${organizationId}`));
  });
});
