import type { routes } from '../../../functions/http/routes/routes.ts';
import type { startTestProduct } from '../../support/product.ts';
import { staffOf } from '../../support/staff.ts';

type RouteName = keyof typeof routes;

/** A request of the benchmark. */
export interface RouteCase {
  readonly route: RouteName;
  readonly query?: Readonly<Record<string, string>>;
  /** What is sent the n-th time. */
  readonly body?: (n: number) => object;
  /** The route that answers with the ETag for `If-Match`. */
  readonly revisionOf?: RouteName;
  /** Whose id the path's `userId` is: a member, unless it says another. */
  readonly user?: 'member' | 'other' | 'leader';
}

// As many as there are in the smallest directory, so that a page is full in each.
const limit = '3';
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const range = { from: day(-30), to: day(-1) };

export const reads: readonly RouteCase[] = [
  { route: 'listOrganizations', query: { limit } },
  { route: 'listOrganizations', query: { limit, search: 'customer' } },
  { route: 'listOrganizations', query: { limit, sort: 'users', direction: 'desc' } },
  { route: 'listOrganizations', query: { limit, status: 'active' } },
  { route: 'getOrganization' },
  { route: 'getSubscriptionHistory' },
  { route: 'getOverview' },
  { route: 'getTrend', query: { metric: 'users', ...range } },
  { route: 'getBreakdown', query: { metric: 'users', date: day(-1) } },
  { route: 'listUsageRuns' },
  { route: 'listAuditFeed' },
  { route: 'getOwnOrganization' },
  { route: 'listUsers' },
  { route: 'getUser' },
  { route: 'listInvitations' },
  { route: 'listTeams' },
  { route: 'getTeam' },
  { route: 'listKpis' },
  { route: 'getKpi' },
  { route: 'listCheckIns' },
  { route: 'listUsage', query: range },
  { route: 'getOrganizationAnalytics' },
  { route: 'getTeamAnalytics' },
  { route: 'getDashboard' },
  { route: 'getOnboarding' },
  { route: 'listAuditEntries' },
];

const mark = () => Date.now().toString(36);

/** @param teamId the team that owns the KPIs that are made */
export const writes = (teamId: string): readonly RouteCase[] => [
  { route: 'updateOrganization', revisionOf: 'getOrganization', body: (n) => ({ metadata: { n: `${n}` } }) },
  {
    route: 'createInvitation',
    body: (n) => ({ name: 'New', email: `new-${n}-${mark()}@northwind.example`, role: 'team_member' }),
  },
  { route: 'createTeam', body: (n) => ({ name: `Team ${n} ${mark()}` }) },
  { route: 'updateTeam', revisionOf: 'getTeam', body: (n) => ({ description: `Number ${n}` }) },
  {
    route: 'putTeamMember',
    user: 'leader',
    revisionOf: 'getTeam',
    body: (n) => ({ role: n % 2 === 0 ? 'member' : 'leader' }),
  },
  { route: 'createKpi', body: (n) => newKpi(`KPI ${n}`, teamId) },
  { route: 'updateKpi', revisionOf: 'getKpi', body: (n) => ({ name: `KPI again ${n}` }) },
  { route: 'createCheckIn', body: (n) => ({ value: n }) },
  {
    route: 'updateUser',
    user: 'other',
    revisionOf: 'getUser',
    body: (n) => ({ role: n % 2 === 0 ? 'team_leader' : 'team_member' }),
  },
];

const newKpi = (name: string, teamId: string) => ({
  name,
  unit: '%',
  direction: 'up',
  baseline: 0,
  target: 100,
  period: { start: day(-100), end: day(200) },
  owner: { kind: 'team', teamId },
});

/** The ids that the paths name: a team with its people, and a KPI that was reported on, in an organization of the seed. */
export async function placesIn(product: Awaited<ReturnType<typeof startTestProduct>>) {
  const { home, admin, ids, own: teamId } = await staffOf(product);
  const { body: kpi } = await admin('kpis', { method: 'POST', body: newKpi('On time', teamId) });
  await admin(`kpis/${kpi.id}/check-ins`, { method: 'POST', body: { value: 1 } });
  return {
    ids,
    params: { organizationId: String(home.split('/').at(-1)), teamId, kpiId: String(kpi.id) },
  };
}
