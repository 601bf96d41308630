import type { Role } from '../../../domain/access/roles.schema.ts';
import { approval } from './approval.ts';
import { departure } from './departure.ts';
import { organizationId, type Replies } from './render-app.tsx';
import { checkIn, colleague, everything, kpi, own, team } from './small-organization.ts';

const everybody = ['super_admin', 'org_admin', 'team_leader', 'team_member'] as const;
const leaders = ['super_admin', 'org_admin', 'team_leader'] as const;
const admins = ['super_admin', 'org_admin'] as const;
const platform = ['super_admin'] as const;
const detail = `/admin${own}`;

export const webhook = {
  ...{
    id: 'hook_01ARZ3NDEKTSV4RRFFQ69G5FAV',
    organizationId,
    name: 'Warehouse',
    kind: 'events',
    events: ['*'],
  },
  ...{ url: 'https://hooks.example.com/in', status: 'active', waiting: 0, createdBy: 'user_1', revision: 1 },
  ...{ createdAt: '2026-01-02T03:04:05.000Z', updatedAt: '2026-01-02T03:04:05.000Z' },
};

/** Every page behind sign-in, and who may open it. */
export const everyPage: readonly { readonly path: string; readonly roles: readonly Role[] }[] = [
  { path: own, roles: everybody },
  { path: `${own}/users`, roles: leaders },
  { path: `${own}/users/${colleague.userId}`, roles: everybody },
  { path: `${own}/invitations`, roles: leaders },
  { path: `${own}/teams`, roles: everybody },
  { path: `${own}/teams/${team.id}`, roles: everybody },
  { path: `${own}/kpis`, roles: everybody },
  { path: `${own}/kpis/${kpi.id}`, roles: everybody },
  { path: `${own}/analytics`, roles: admins },
  { path: `${own}/audit`, roles: admins },
  { path: `${own}/audit/verify`, roles: admins },
  { path: `${own}/support-access`, roles: admins },
  { path: `${own}/data-export`, roles: admins },
  { path: `${own}/api-keys`, roles: admins },
  { path: `${own}/webhooks`, roles: admins },
  { path: `${own}/webhooks/${webhook.id}`, roles: admins },
  { path: `${own}/settings`, roles: admins },
  { path: '/account', roles: everybody },
  { path: '/admin/dashboard', roles: platform },
  { path: '/admin/organizations', roles: platform },
  { path: '/admin/organizations/new', roles: platform },
  ...['', '?tab=users', '?tab=invitations', '?tab=teams', '?tab=kpis', '?tab=usage', '?tab=audit'].map(
    (tab) => ({ path: `${detail}${tab}`, roles: platform }),
  ),
  { path: `${detail}?tab=subscription`, roles: platform },
  { path: `${detail}?tab=settings`, roles: platform },
  { path: '/admin/analytics', roles: platform },
  { path: '/admin/audit', roles: platform },
  { path: '/admin/approvals', roles: platform },
  { path: '/admin/departures', roles: platform },
  { path: `/admin/departures/${organizationId}`, roles: platform },
  { path: '/admin/usage', roles: platform },
  { path: '/admin/clerk', roles: platform },
];

const at = '2026-01-02T03:04:05.000Z';
const day = at.slice(0, 10);
const ok = (body: unknown) => ({ status: 200, body });
const point = { label: day, from: day, to: day, value: 7, provisional: true, partial: false };
const trend = (metric: string) => ({
  metric,
  ...{ by: 'day', aggregate: 'last' },
  current: { from: day, to: day, value: 7, points: [point] },
  previous: { from: day, to: day, value: 6, points: [point] },
  change: null,
});
const kpis = { on_track: 1, at_risk: 0, off_track: 0, no_data: 1 };
const reporting = { running: 1, reported: 1 };
const { members, ...summary } = team;
const figures = [{ metric: 'users', value: 7, previous: 6, change: null, trend: [5, null, 7] }];
const entry = {
  ...{ id: 'entry-1', organizationId, userId: 'user_1', actorName: 'Ada Lovelace', role: 'org_admin' },
  ...{
    action: 'user.role-changed',
    resource: 'user/user_2',
    requestId: 'r-1',
    organizationName: 'Lighthouse',
  },
  details: { before: null, after: { name: 'Bea' }, changed: ['role'] },
  changes: [{ field: 'role', before: 'team_member', after: 'team_leader' }],
  ...{ timestamp: at, schemaVersion: 1 },
};
const values = [
  { value: 2, at },
  { value: 3, at },
];

/** The API's responses for every page, with data for each. */
export const pageReplies: Replies = {
  ...everything,
  [`GET /api${own}/users/user_1/mail-settings`]: ok({
    ...{
      userId: 'user_1',
      reminders: true,
      digest: true,
      webhooks: true,
      language: 'en',
      sending: 'on',
      revision: 0,
    },
    stopped: null,
  }),
  'GET /api/admin/audit': ok({ items: [entry], nextCursor: 'more' }),
  'GET /api/admin/approvals': ({ url }) =>
    ok({
      items: [url.includes('state=open') ? approval() : approval({ status: 'refused' })],
      nextCursor: null,
    }),
  [`GET /api${own}/data-export`]: ok({
    ...{ status: 'ready', startsAt: at, items: 7, bytes: 700, completedAt: at, revision: 3 },
    availableUntil: '2099-01-01T00:00:00.000Z',
  }),
  'GET /api/admin/departures': ok({ items: [departure()], nextCursor: null }),
  [`GET /api/admin/departures/${organizationId}`]: ok(departure()),
  'GET /api/admin/drift/runs': ok({
    items: [
      {
        ...{ startedAt: at, finishedAt: at, dryRun: false, status: 'done', attempts: 1, waits: 0 },
        compared: { people: 4, members: 3, letters: 1 },
        counts: { found: 0, repaired: 1, moved: 0, needs_person: 1 },
        entries: [
          {
            ...{ kind: 'details', of: 'user_2', organizationId, details: ['name', 'email'], at },
            ...{ outcome: 'needs_person', reason: 'address_taken', clerkTime: 2, revision: 1 },
          },
          { kind: 'account', of: 'user_3', organizationId, outcome: 'repaired', revision: 1, at },
        ],
      },
    ],
    organizations: { [organizationId]: 'Lighthouse' },
  }),
  'GET /api/admin/analytics/cohorts': ok({
    ...{ date: day, months: ['2025-12', '2026-01'] },
    organizations: [{ month: '2025-12', size: 4, active: [4, 2] }],
    users: [{ month: '2026-01', size: 9, active: [9] }],
  }),
  'GET /api/admin/usage/runs': ok({
    items: [
      {
        ...{ due: '2026-01-02T03', period: 'hour', shard: 0, date: day, status: 'done', startedAt: at },
        ...{ finishedAt: at, attempts: 1, organizations: 1, failures: 0, failed: [] },
      },
    ],
  }),
  'GET /api/admin/analytics/overview': ok({
    ...{ date: day, computedAt: at, comparedTo: day, figures },
    plans: [{ plan: 'growth', organizations: 1 }],
    funnel: [{ stage: 'invited', at: 1, reached: 1 }],
    attention: {
      items: [{ organizationId, name: 'Lighthouse', reasons: ['no_admin'], createdAt: at }],
      total: 2,
    },
  }),
  'GET /api/admin/analytics/trends': ({ url }) =>
    ok(trend(new URL(url).searchParams.get('metric') ?? 'users')),
  'GET /api/admin/analytics/breakdown': ok({
    metric: 'users',
    date: day,
    items: [{ organizationId, name: 'Lighthouse', value: 7 }],
  }),
  [`GET /api${own}/audit`]: ok({ items: [entry], nextCursor: 'more' }),
  [`GET /api${own}/analytics`]: ok({
    ...{ date: day, computedAt: at, comparedTo: day, headline: figures, kpis, reporting, needing: [kpi] },
    trends: [trend('users')],
  }),
  [`GET /api${own}/onboarding`]: ok({
    stage: 'people_invited',
    steps: [
      { step: 'people_invited', title: '', hint: '', done: true, link: `${own}/invitations` },
      { step: 'team_created', title: '', hint: '', done: false, link: `${own}/teams` },
    ],
    ...{ done: 1, next: 'team_created' },
  }),
  [`GET /api${own}/api-keys`]: ok({ items: [] }),
  [`GET /api${own}/outgoing-webhooks`]: ok({ items: [webhook] }),
  [`GET /api${own}/outgoing-webhooks/${webhook.id}`]: ok(webhook),
  [`GET /api${own}/outgoing-webhooks/${webhook.id}/deliveries`]: ok({ items: [], nextCursor: null }),
  [`GET /api${own}/teams/${team.id}/analytics`]: ok({
    ...{ team: summary, members, kpis, reporting },
    items: [{ kpi, values }],
  }),
  [`GET /api${own}/kpis/${kpi.id}/check-ins`]: ok({
    items: [{ ...checkIn, note: 'A note' }],
    nextCursor: 'more',
  }),
};
