import { screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { newKpiId, newTeamId } from '../../domain/ids.ts';
import { heading, me, organizationId, renderApp } from './support/render-app.tsx';

const at = '2026-01-01T00:00:00.000Z';
const teamId = newTeamId(new Date(at));
const kpiId = newKpiId(new Date(at));
const api = `/api/organizations/${organizationId}`;
const times = { createdAt: at, updatedAt: at, createdBy: 'user_1' };
const kpi = {
  id: kpiId,
  organizationId,
  name: 'Beds ready',
  unit: '%',
  direction: 'up',
  baseline: 0,
  target: 10,
  period: { start: '2026-01-01', end: '2026-12-31' },
  owner: { kind: 'team', teamId },
  assigneeIds: [],
  status: 'no_data',
  progress: null,
  latest: null,
  revision: 1,
  ...times,
};
const team = {
  id: teamId,
  name: 'Crew',
  organizationId,
  memberCount: 1,
  members: [{ userId: 'user_1', name: 'Ada Lindqvist', role: 'leader' }],
  revision: 1,
  ...times,
};
const initiative = {
  id: 'initiative_01ARZ3NDEKTSV4RRFFQ69G5FAV',
  organizationId,
  kpiId,
  kpiName: 'Beds ready',
  teamId,
  title: 'Ward rounds by ten',
  ownerId: 'user_1',
  ownerName: 'Ada Lindqvist',
  dueDate: '2026-12-15',
  status: 'planned',
  revision: 1,
  ...times,
};
const page = (...items: readonly object[]) => ({ status: 200, body: { items, nextCursor: null } });
const around = {
  [`GET ${api}/teams/${teamId}`]: { status: 200, body: team },
  [`GET ${api}/kpis/${kpiId}`]: { status: 200, body: kpi },
  [`GET ${api}/kpis/${kpiId}/check-ins`]: page(),
  [`GET ${api}/users`]: page(),
};

describe('initiatives', () => {
  it('are made on the KPI’s page by who may, and show at once', async () => {
    const items: object[] = [];
    const requests = renderApp(`/organizations/${organizationId}/kpis/${kpiId}?tab=initiatives`, {
      ...around,
      'GET /api/me': me('org_admin'),
      [`GET ${api}/kpis/${kpiId}/initiatives`]: () => page(...items),
      [`POST ${api}/kpis/${kpiId}/initiatives`]: () => {
        items.push(initiative);
        return { status: 201, body: initiative };
      },
    });
    await heading('Beds ready');
    await userEvent.click(await screen.findByRole('button', { name: 'New initiative' }));
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.type(dialog.getByRole('textbox', { name: 'Title' }), 'Ward rounds by ten{Enter}');
    expect((await dialog.findAllByText('Required')).length).toBe(2);
    await userEvent.selectOptions(dialog.getByRole('combobox', { name: 'Owner' }), 'Ada Lindqvist');
    await userEvent.type(dialog.getByLabelText(/^Due/), '2026-12-15');
    await userEvent.click(dialog.getByRole('button', { name: 'Create initiative' }));
    const row = within(await screen.findByRole('row', { name: /Ward rounds by ten/ }));
    expect(row.getByText('Ada Lindqvist')).toBeDefined();
    expect(row.getByText('Planned')).toBeDefined();
    const sent = requests.filter(({ method }) => method === 'POST');
    expect(await sent[0]?.json()).toEqual({
      title: 'Ward rounds by ten',
      ownerId: 'user_1',
      dueDate: '2026-12-15',
      status: 'planned',
    });
  });

  it('are listed on the team’s page with their KPI, where their status is set', async () => {
    const requests = renderApp(`/organizations/${organizationId}/teams/${teamId}?tab=initiatives`, {
      ...around,
      'GET /api/me': me('org_admin'),
      [`GET ${api}/teams/${teamId}/initiatives`]: page(initiative),
      [`PATCH ${api}/kpis/${kpiId}/initiatives/${initiative.id}`]: { status: 200, body: initiative },
    });
    await heading('Crew');
    const link = await screen.findByRole('link', { name: 'Beds ready' });
    expect(link.getAttribute('href')).toBe(`/organizations/${organizationId}/kpis/${kpiId}`);
    await userEvent.click(screen.getByRole('button', { name: 'Actions for Ward rounds by ten' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Mark as “Done”', hidden: true }));
    const sent = requests.filter(({ method }) => method === 'PATCH');
    expect(await sent[0]?.json()).toEqual({ status: 'done' });
    expect(sent[0]?.headers.get('if-match')).toBe('"1"');
  });

  it('say that their owner has left, that they are overdue, and lead to an owner who is there', async () => {
    const { ownerName: _, ...orphan } = { ...initiative, ownerId: 'user_9', dueDate: '2020-01-31' };
    const done = { ...initiative, id: `${initiative.id.slice(0, -1)}B`, title: 'Settled', status: 'done' };
    renderApp(`/organizations/${organizationId}/kpis/${kpiId}?tab=initiatives`, {
      ...around,
      'GET /api/me': me('org_admin'),
      [`GET ${api}/kpis/${kpiId}/initiatives`]: page(orphan, { ...done, dueDate: '2020-01-31' }),
    });
    const row = within(await screen.findByRole('row', { name: /Ward rounds by ten/ }));
    expect(row.getByText('Former member')).toBeDefined();
    expect(row.getByText('Overdue')).toBeDefined();
    const over = within(screen.getByRole('row', { name: /Settled/ }));
    expect(over.queryByText('Overdue')).toBeNull();
    const owner = over.getByRole('link', { name: 'Ada Lindqvist' });
    expect(owner.getAttribute('href')).toBe(`/organizations/${organizationId}/users/user_1`);
    await userEvent.click(row.getByRole('button', { name: 'Actions for Ward rounds by ten' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Edit', hidden: true }));
    const dialog = within(await screen.findByRole('dialog'));
    const chosen = dialog.getByRole<HTMLSelectElement>('combobox', { name: 'Owner' });
    expect(chosen.selectedOptions[0]?.textContent).toBe('Former member');
  });

  it('offer nothing to change to who may only read', async () => {
    const others = { ...initiative, ownerId: 'user_2' };
    renderApp(`/organizations/${organizationId}/kpis/${kpiId}?tab=initiatives`, {
      ...around,
      'GET /api/me': me('team_member'),
      [`GET ${api}/kpis/${kpiId}`]: { status: 200, body: { ...kpi, assigneeIds: ['user_1'] } },
      [`GET ${api}/kpis/${kpiId}/initiatives`]: page(others),
    });
    await screen.findByText('Ward rounds by ten');
    expect(screen.queryByRole('button', { name: 'New initiative' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Actions for Ward rounds by ten' })).toBeNull();
  });
});
