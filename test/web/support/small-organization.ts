import { newCheckInId, newInvitationId, newKpiId, newTeamId, UserId } from '../../../domain/ids.ts';
import { organization, organizationId, type Replies, refusal } from './render-app.tsx';

const at = '2026-01-01T00:00:00.000Z';
const date = new Date(at);
const stamps = { revision: 1, createdAt: at, updatedAt: at };
const [ada, bea] = [UserId.parse('user_1'), UserId.parse('user_2')];

/** An organization with one of everything. Ada is signed in. */
export const own = `/organizations/${organizationId}`;
export const team = {
  ...stamps,
  id: newTeamId(date),
  name: 'Crew',
  organizationId,
  memberCount: 1,
  members: [{ userId: bea, name: 'Bea', email: 'bea@example.com', role: 'member', joinedAt: at }],
};
export const kpi = {
  ...stamps,
  id: newKpiId(date),
  organizationId,
  name: 'Shipped',
  unit: 'orders',
  direction: 'up',
  baseline: 0,
  target: 100,
  period: { start: '2020-01-01', end: '2100-01-01' },
  owner: { kind: 'user', userId: ada },
  assigneeIds: [ada],
  createdBy: ada,
  status: 'no_data',
  progress: null,
  latest: null,
};
export const checkIn = { ...stamps, id: newCheckInId(date, date), kpiId: kpi.id, value: 3, at, by: ada };
export const invitation = {
  ...stamps,
  id: newInvitationId(date),
  email: 'ivo@example.com',
  name: 'Ivo',
  role: 'team_member',
  status: 'pending',
  delivery: 'sent',
  invitedBy: ada,
  expiresAt: '2100-01-01T00:00:00.000Z',
};
const user = (userId: UserId, name: string, role: string) => ({
  ...stamps,
  userId,
  name,
  role,
  email: `${name.toLowerCase()}@example.com`,
  organizationId,
  teams: {},
});
export const colleague = user(bea, 'Bea', 'team_member');
const stranger = user(UserId.parse('user_3'), 'Cy', 'team_member');

const ok = (body: unknown) => ({ status: 200, body });
const list = (...items: readonly unknown[]) => ok({ items, nextCursor: null });
const settings = organization('Lighthouse', { allowedDomains: [], metadata: {} });
const { members: _, ...teamSummary } = team;

/** The API's responses for it. */
const personExport = (userId: string) =>
  ok({ userId, status: 'waiting', requestedAt: at, items: 0, revision: 1 });

const noErasure = refusal(404, 'not_found', 'Nobody asked');

export const everything: Replies = {
  [`GET /api${own}/person-data/${ada}/erasure`]: noErasure,
  [`GET /api${own}/person-data/${bea}/erasure`]: noErasure,
  [`GET /api${own}/person-data/${ada}/export`]: personExport(ada),
  [`GET /api${own}/person-data/${bea}/export`]: personExport(bea),
  'GET /api/admin/organizations': list(organization('Lighthouse')),
  'GET /api/admin/usage/runs': ok({ items: [] }),
  'GET /api/admin/drift/runs': ok({ items: [], organizations: {} }),
  [`GET /api/admin${own}`]: ok(settings),
  [`GET /api/admin${own}/subscription/history`]: list(),
  [`GET /api${own}`]: ok(settings),
  [`GET /api${own}/teams`]: list(teamSummary),
  [`GET /api${own}/teams/${team.id}`]: ok(team),
  [`GET /api${own}/users`]: list(colleague, stranger),
  [`GET /api${own}/users/${bea}`]: ok(colleague),
  [`GET /api${own}/invitations`]: list(invitation),
  [`GET /api${own}/kpis`]: list(kpi),
  [`GET /api${own}/kpis/${kpi.id}`]: ok(kpi),
  [`GET /api${own}/kpis/${kpi.id}/check-ins`]: list(checkIn),
  [`GET /api${own}/audit`]: list(),
  [`GET /api${own}/users/${ada}/dashboard`]: ok({
    user: { userId: ada, name: 'Ada Lovelace', role: 'team_member' },
    kpis: { on_track: 0, at_risk: 0, off_track: 0, no_data: 1 },
    reporting: { running: 1, reported: 0 },
    items: [{ kpi, due: true }],
    teams: [],
    recent: [],
  }),
};
