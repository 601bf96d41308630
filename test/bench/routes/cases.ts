import type { routes } from '../../../functions/http/routes.ts';
import type { Ids, Prepared } from './places.ts';

export type RouteName = keyof typeof routes;

/** A request of the benchmark. */
export interface RouteCase {
  readonly route: RouteName;
  /** Distinguishes it from other cases of its route, if the query doesn't. */
  readonly note?: string;
  readonly query?: Readonly<Record<string, string>>;
  /** The body of the n-th request. */
  readonly body?: (n: number) => object;
  /** The route that returns the ETag for `If-Match`. */
  readonly revisionOf?: RouteName;
  /** Path ids that differ from `places.ids`. */
  readonly ids?: Ids;
  /** Creates what the n-th request consumes; not measured. */
  readonly prepare?: (n: number) => Promise<Prepared>;
  /** Why it may take more than two round trips, or units that depend on the size. */
  readonly because?: string;
}

// Small enough for a full page in the smallest directory too: a search reads twice as many plus two.
const limit = '3';
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const range = { from: day(-30), to: day(-1) };

export const reads: readonly RouteCase[] = [
  { route: 'listOrganizations', query: { limit } },
  { route: 'listOrganizations', query: { limit, search: 'customer' } },
  { route: 'listOrganizations', query: { limit, sort: 'users', direction: 'desc' } },
  {
    route: 'listOrganizations',
    query: { limit, status: 'active' },
    because: 'a filter reads past what doesn’t fit',
  },
  { route: 'getOrganization' },
  { route: 'getSubscriptionHistory' },
  { route: 'getOverview' },
  { route: 'getTrend', query: { metric: 'users', ...range } },
  { route: 'getBreakdown', query: { metric: 'users', date: day(-1) } },
  { route: 'getCohorts' },
  { route: 'listUsageRuns' },
  { route: 'listDriftRuns' },
  { route: 'listAuditFeed' },
  {
    route: 'listAuditFeed',
    query: { action: 'team.deleted' },
    note: 'by action',
    because: 'a filter reads past what doesn’t fit, then the names of what did',
  },
  {
    route: 'exportAuditFeed',
    query: { format: 'csv', organizationId: 'platform' },
    because: 'a part of the file is four pages of 500 that were read; all organizations’ needs an approval',
  },
  { route: 'listApprovals' },
  { route: 'getMe' },
  { route: 'getOpenApiDocument' },
  { route: 'getReferencePage' },
  { route: 'getOwnOrganization' },
  { route: 'listUsers' },
  { route: 'listUsers', query: { limit, sort: 'name' } },
  { route: 'listUsers', query: { limit, sort: 'joined' } },
  {
    route: 'listUsers',
    query: { limit, sort: 'name', include: 'lastActive' },
    because: 'the days of use are those of the people on the page',
  },
  { route: 'getUser' },
  { route: 'listInvitations' },
  { route: 'listTeams', because: 'who leads a team is read once the team is' },
  { route: 'getTeam' },
  { route: 'listKpis' },
  { route: 'getKpi' },
  { route: 'listCheckIns' },
  { route: 'listComments' },
  { route: 'listInitiatives' },
  { route: 'listTeamInitiatives' },
  { route: 'getInitiative' },
  { route: 'listApiKeys' },
  { route: 'getApiKey' },
  { route: 'listWebhooks' },
  { route: 'getWebhook' },
  { route: 'listWebhookDeliveries' },
  { route: 'listUsage', query: range },
  { route: 'getOrganizationAnalytics' },
  { route: 'getTeamAnalytics' },
  { route: 'getDashboard' },
  { route: 'getOnboarding' },
  { route: 'listSupportAccess' },
  { route: 'getCurrentSupportAccess' },
  { route: 'explainAccess', query: { action: 'read', resource: 'Team' } },
  { route: 'listAuditEntries', because: 'whom and what a page names is read once the page is' },
  {
    route: 'exportAuditEntries',
    query: { format: 'csv' },
    because: 'a part of the file is four pages of 500',
  },
];

/** The routes without a case, and why. */
export const unmeasured: Partial<Record<RouteName, string>> = {
  getLatestCheckpoint: 'needs a signed log, which the filled table doesn’t have',
  requestCheckpoint: 'one event and one invocation, whatever the table holds',
  getAuditReceipt: 'needs a signed log, which the filled table doesn’t have',
  getAuditKey: 'one Get, the same for everybody',
  previewUndo: 'asks for the entry, and what the change by hand asks for',
  undoEntry: 'as `previewUndo`, and then what the change by hand does',
  openSupportAccess: 'a super admin’s, in a function that isn’t bundled here: one transaction of two puts',
  extendSupportAccess: 'as `narrowSupportAccess`, by a super admin',
  viewAsUser: 'as `narrowSupportAccess` and a Get of the user, by a super admin',
  createWebhook: 'one transaction of four items; an organization has at most 5 webhooks',
  updateWebhook: 'reads and changes one item of few, then wakes the sender',
  rotateWebhookSecret: 'as `updateWebhook`',
  replayWebhookDelivery: 'needs a delivery; as `updateWebhook`',
  testWebhook: 'reads one item of few, then waits for a customer’s address or bucket',
  createApiKey: 'one transaction of two items; an organization has at most 20 keys',
  getHealth: 'asks nothing of the table',
  getUnsubscribePage: 'asks nothing of the table',
  unsubscribe: 'as `updateMailSettings`, in the function without sessions',
  getMailSettings: 'two Gets at once, on one’s own account page',
  updateMailSettings: 'two Gets and a transaction of one item, seldom',
  receiveClerkWebhook: 'nobody waits for it; it runs under a role that reads Clerk’s signing secret',
  getApproval: 'reads one item, as few as there are',
  requestApproval: 'asks the function that decides, a few times a month',
  approveRequest: 'asks the function that decides, a few times a month',
  refuseRequest: 'asks the function that decides, a few times a month',
  withdrawRequest: 'asks the function that decides, a few times a month',
  carryOutRequest: 'asks the function that decides, a few times a month',
  listDepartures: 'one Query of a partition with an item for each organization that ever left',
  getDeparture: 'one Get of the same partition',
  beginDeparture: 'a few times a year: a transaction of a departure and a profile',
  undoDeparture: 'a few times a year: a transaction of a departure and a profile',
  deleteOrganizationData: 'once in a departure: an Update, after what the approval asks',
  getDataExport: 'two Gets of one partition, while an organization leaves',
  requestDataExport: 'once in a departure: one Update',
  getErasure: 'two Gets one after the other, for who asked for an erasure',
  requestErasure: 'twice in a person’s life: Gets, a transaction of two',
  withdrawErasure: 'Gets and a transaction of two',
  getPersonExport: 'two Gets of one partition, for who asked for a person’s data',
  requestPersonExport: 'once a day for a person: a Get, a Put and two Gets',
  getPersonExportLink: 'two Gets and the event that says who got it',
  getDataExportLink: 'two Gets and the event that says who got it, while an organization leaves',
  requestDriftRun: 'starts a comparison with Clerk, which costs what it costs',
  requestUsageRuns: 'starts a run over all organizations, which `-- usage` measures',
};
