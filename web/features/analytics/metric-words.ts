import { Stage } from '../../../domain/organization/onboarding.schema.ts';
import { Plan } from '../../../domain/subscription/subscription.schema.ts';
import type { OrganizationMetric, PlatformMetric } from '../../../domain/usage/metric.schema.ts';
import type { Texts } from '../../text/language.tsx';

interface Words {
  readonly title: string;
  readonly text: string;
}

/** A metric's name and definition. */
export function metricWords(metric: PlatformMetric, { analytics, common }: Texts): Words {
  const [kind, name] = metric.split('.');
  if (kind === 'plan') return analytics.onPlan(common.plans[Plan.parse(name)]);
  if (kind === 'stage') return analytics.atStage(analytics.stages[Stage.parse(name)]);
  const named: Readonly<Record<string, Words>> = analytics.metrics;
  return named[metric] ?? { title: metric, text: '' };
}

const less: readonly PlatformMetric[] = [
  'kpisAtRisk',
  'kpisOffTrack',
  'kpisNoData',
  'organizationsSuspended',
  'organizationsExpired',
];
const more: readonly PlatformMetric[] = [
  'users',
  'activeUsers1',
  'activeUsers7',
  'activeUsers30',
  'kpis',
  'kpisOnTrack',
  'checkIns',
  'organizations',
  'newOrganizations',
  'organizationsServed',
  'organizationsActive7',
];

/** Which direction is good; undefined if neither is. */
export const goodOf = (metric: PlatformMetric): 'more' | 'less' | undefined =>
  less.includes(metric) ? 'less' : more.includes(metric) ? 'more' : undefined;

const filters: Readonly<Partial<Record<PlatformMetric, string>>> = {
  newOrganizations: 'sort=-created',
  organizationsServed: 'status=active',
  organizationsSuspended: 'status=inactive',
  organizationsExpired: 'status=expired',
  organizationsActive7: 'sort=-lastActivity',
};

/** The filtered list of organizations behind a figure. */
export const organizationsBehind = (metric: PlatformMetric): string => {
  const filter = filters[metric] ?? (metric.includes('.') ? metric.replace('.', '=') : '');
  return `/admin/organizations${filter === '' ? '' : `?${filter}`}`;
};

type List = keyof Texts['analytics']['viewList'];

const lists: Readonly<Record<OrganizationMetric, { readonly list: List; readonly filter?: string }>> = {
  users: { list: 'users' },
  orgAdmins: { list: 'users', filter: 'role=org_admin' },
  teamLeaders: { list: 'users', filter: 'role=team_leader' },
  teamMembers: { list: 'users', filter: 'role=team_member' },
  activeUsers1: { list: 'users' },
  activeUsers7: { list: 'users' },
  activeUsers30: { list: 'users' },
  pendingInvitations: { list: 'invitations' },
  teams: { list: 'teams' },
  kpis: { list: 'kpis' },
  kpisOnTrack: { list: 'kpis', filter: 'status=on_track' },
  kpisAtRisk: { list: 'kpis', filter: 'status=at_risk' },
  kpisOffTrack: { list: 'kpis', filter: 'status=off_track' },
  kpisNoData: { list: 'kpis', filter: 'status=no_data' },
  checkIns: { list: 'kpis' },
  changes: { list: 'audit' },
};

/** The list within an organization behind a figure, and the name of the link to it. */
export function listBehind(organizationId: string, metric: OrganizationMetric, { analytics }: Texts) {
  const { list, filter } = lists[metric];
  const query = filter === undefined ? '' : `?${filter}`;
  return { to: `/organizations/${organizationId}/${list}${query}`, title: analytics.viewList[list] };
}
