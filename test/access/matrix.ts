import type { Ids } from './world.ts';

/**
 * The verdicts for super_admin, org_admin, team_leader and team_member, in this order: `y` allowed, `f`
 * 403, `n` 404 as for an unknown id, `u` 401.
 */
type Verdicts = `${Verdict}${Verdict}${Verdict}${Verdict}`;
type Verdict = 'y' | 'f' | 'n' | 'u';

/** One route's row. */
export interface Expectation {
  /**
   * For resources of the leader's and member's own team, or of no team. The user is another one in that
   * team.
   */
  readonly own: Verdicts;
  /** For resources of another team; the user is in that team. */
  readonly other?: Verdicts;
  /** For the caller themselves. */
  readonly self?: Verdicts;
  readonly query?: string;
  /**
   * The body, if the document's example doesn't fit. `unique` differs for each request, and ends with a
   * number.
   */
  readonly body?: (target: Ids, unique: string) => unknown;
}

const numberOf = (unique: string): number => Number(unique.split('-').at(-1));

const platform: Expectation = { own: 'yfff' };
const adminsOnly: Expectation = { own: 'yyff' };
const adminsOnlyOfEach: Expectation = { own: 'yyff', other: 'yyff' };

/**
 * The permission matrix: a route without a row fails the test. Resources of other organizations are the
 * same for all and need no row: `test/isolation` covers them.
 */
export const matrix: Readonly<Record<string, Expectation>> = {
  getHealth: { own: 'yyyy' },
  getAuditKey: { own: 'yyyy' },
  receiveClerkWebhook: { own: 'uuuu' },
  // A link without a valid signature: a page says so, and nothing changes.
  getUnsubscribePage: { own: 'yyyy', query: 'token=forged' },
  unsubscribe: { own: 'nnnn', query: 'token=forged' },
  getMe: { own: 'yyyy' },
  getOpenApiDocument: { own: 'yyyy' },
  getReferencePage: { own: 'yyyy' },

  listOrganizations: platform,
  createOrganization: {
    ...platform,
    body: (_, unique) => ({
      name: unique,
      contactPerson: { name: 'Cora', email: 'cora@contact.example' },
      subscription: { plan: 'starter', startDate: '2026-01-01' },
      firstAdmin: { name: 'Ada', email: `${unique}@first.example` },
    }),
  },
  getOrganization: platform,
  updateOrganization: platform,
  // Allowed callers are refused because of missing input: the rows below need the organization.
  deactivateOrganization: { ...platform, body: () => ({}) },
  reactivateOrganization: platform,
  changeSubscription: platform,
  getSubscriptionHistory: platform,
  getOverview: platform,
  getTrend: { ...platform, query: 'metric=users&from=2026-11-01&to=2026-11-20' },
  getBreakdown: { ...platform, query: 'metric=users&date=2026-11-20' },
  getCohorts: platform,
  listUsageRuns: platform,
  requestUsageRuns: {
    ...platform,
    body: (_, unique) => ({ period: numberOf(unique) % 2 === 0 ? 'hour' : 'day' }),
  },
  listDriftRuns: platform,
  // Allowed callers are refused because of missing input: a run in progress would refuse the next.
  requestDriftRun: { ...platform, body: () => ({}) },
  listAuditFeed: platform,
  // One organization's part: the whole feed needs an approval, see `approvals.test.ts`.
  exportAuditFeed: { ...platform, query: 'format=csv&organizationId=org_01KB2W4QZJ6M8V3D5N7P9R1T3X' },

  listApprovals: platform,
  getApproval: platform,
  requestApproval: {
    ...platform,
    body: (_, unique) => ({
      kind: 'super-admin.create',
      input: { email: `${unique}@aligno.example`, name: unique },
      reason: 'It is needed.',
    }),
  },
  approveRequest: { ...platform, body: ({ approvalHash: hash }) => ({ hash }) },
  refuseRequest: platform,
  withdrawRequest: platform,
  carryOutRequest: platform,

  listDepartures: platform,
  // Organizations that aren't leaving: one that was would change the results of the rows below.
  getDeparture: { own: 'nfff' },
  beginDeparture: { own: 'nfff' },
  undoDeparture: { own: 'nfff' },
  deleteOrganizationData: { own: 'nfff' },

  getDataExport: { own: 'nnff' },
  requestDataExport: { own: 'nnff' },
  getDataExportLink: { own: 'nnff' },

  // None exists yet; the first request creates one, and the second finds it in progress.
  getPersonExport: { own: 'nnff', other: 'nnff', self: 'nnnn' },
  getPersonExportLink: { own: 'nnff', other: 'nnff', self: 'nnnn' },
  // The super admin is not a user of the organization.
  requestPersonExport: { own: 'yyff', other: 'yyff', self: 'nyyy' },
  // Members have to be removed first, unless they request it themselves.
  getErasure: { own: 'nnff', other: 'nnff', self: 'nnnn' },
  requestErasure: { own: 'fyff', other: 'fyff', self: 'fyyy' },
  withdrawErasure: { own: 'fnff', other: 'fnff', self: 'fyyy' },

  getOwnOrganization: { own: 'yyyy' },
  updateOwnOrganization: adminsOnly,

  listUsers: { own: 'yyyf' },
  getUser: { own: 'yyyn', other: 'yynn', self: 'nyyy' },
  updateUser: { own: 'yyff', other: 'yyff', self: 'nyff' },
  removeUser: { own: 'yyff', other: 'yyff', self: 'nyff' },
  getMailSettings: { own: 'yyff', other: 'yyff', self: 'nyyy' },
  updateMailSettings: { own: 'yfff', other: 'yfff', self: 'nyyy' },

  listInvitations: { own: 'yyyf' },
  createInvitation: {
    own: 'yyyf',
    other: 'yyff',
    body: ({ teamId }, unique) => ({
      email: `${unique}@new.example`,
      name: 'New Person',
      role: 'team_member',
      teamId,
    }),
  },
  // Each line is decided separately: the response lists those that aren't allowed.
  inviteMany: { own: 'yyyf', body: (_, unique) => ({ invitations: [{ email: unique }] }) },
  resendInvitation: { own: 'yyyf', other: 'yynf' },
  revokeInvitation: { own: 'yyyf', other: 'yynf' },

  listTeams: { own: 'yyyy' },
  createTeam: { ...adminsOnly, body: (_, unique) => ({ name: unique }) },
  getTeam: { own: 'yyyy', other: 'yynn' },
  updateTeam: { own: 'yyyf', other: 'yynf' },
  deleteTeam: adminsOnlyOfEach,
  putTeamMember: { own: 'yyyf', other: 'yynf', body: () => ({ role: 'member' }) },
  addTeamMembers: {
    own: 'yyyf',
    other: 'yynf',
    body: ({ userId }, unique) => ({ userIds: [userId, `user_${numberOf(unique)}`] }),
  },
  removeTeamMember: { own: 'yyyf', other: 'yynf' },

  listKpis: { own: 'yyyy' },
  createKpi: {
    own: 'yyyf',
    other: 'yynf',
    body: ({ teamId }, unique) => ({
      name: unique,
      unit: '%',
      direction: 'up',
      baseline: 0,
      target: 10,
      period: { start: '2026-01-01', end: '2026-12-31' },
      owner: { kind: 'team', teamId },
    }),
  },
  getKpi: { own: 'yyyy', other: 'yynn' },
  updateKpi: { own: 'yyyf', other: 'yynf', body: () => ({ name: 'Another name' }) },
  deleteKpi: { own: 'yyyf', other: 'yynf' },
  listCheckIns: { own: 'yyyy', other: 'yynn' },
  createCheckIn: { own: 'yyyf', other: 'yynn', body: (_, unique) => ({ value: numberOf(unique) }) },
  // Each line is decided separately, as with invitations.
  checkInMany: {
    own: 'yyyy',
    body: ({ kpiId }, unique) => ({
      checkIns: [{ kpi: kpiId, date: '2026-11-20', value: numberOf(unique) }],
    }),
  },
  // Only their own: the matrix's check-in is the admin's.
  undoCheckIn: { own: 'yyff', other: 'yynn' },
  correctCheckIn: { own: 'yyyf', other: 'yynf', body: () => ({ value: 2 }) },
  listInitiatives: { own: 'yyyy', other: 'yynn' },
  listTeamInitiatives: { own: 'yyyy', other: 'yynn' },
  // For users who may check in.
  assessKpi: { own: 'yyyf', other: 'yynn', body: () => ({ level: 'at_risk' }) },
  listComments: { own: 'yyyy', other: 'yynn' },
  createComment: { own: 'yyyy', other: 'yynn', body: (_, unique) => ({ text: unique }) },
  // The matrix's comment is the admin's, which no one else may edit.
  updateComment: { own: 'fyff', other: 'fynn', body: (_, unique) => ({ text: unique }) },
  deleteComment: { own: 'yyyf', other: 'yynn' },
  createInitiative: {
    own: 'yyyf',
    other: 'yynf',
    body: ({ userId }, unique) => ({ title: unique, ownerId: userId, dueDate: '2026-12-31' }),
  },
  getInitiative: { own: 'yyyy', other: 'yynn' },
  // Members may change the status of some, so others’ count as not found.
  updateInitiative: { own: 'yyyf', other: 'yynn' },
  deleteInitiative: { own: 'yyyf', other: 'yynf' },

  // The super admin has one open: a second one, or the matrix's, which has ended, is refused for that
  // reason.
  listSupportAccess: adminsOnly,
  getCurrentSupportAccess: adminsOnly,
  openSupportAccess: platform,
  // Only their own: the matrix's is the super admin's.
  extendSupportAccess: platform,
  viewAsUser: { ...platform, body: ({ userId }) => ({ userId }) },
  endSupportAccess: adminsOnly,
  // The platform can't give consent on an organization's behalf.
  grantSupportAccess: { own: 'fyff' },
  narrowSupportAccess: { own: 'fyff' },
  listApiKeys: adminsOnly,
  // Access that would outlast the visit.
  createApiKey: { own: 'fyff' },
  getApiKey: adminsOnly,
  revokeApiKey: adminsOnly,
  listWebhooks: adminsOnly,
  createWebhook: { own: 'fyff' },
  getWebhook: adminsOnly,
  // A webhook would keep sending after the visit has ended.
  updateWebhook: { own: 'fyff' },
  deleteWebhook: adminsOnly,
  rotateWebhookSecret: { own: 'fyff' },
  testWebhook: { own: 'fyff' },
  listWebhookDeliveries: adminsOnly,
  // Allowed callers get an error, since it was never sent.
  replayWebhookDelivery: { own: 'fnff' },
  listUsage: { ...adminsOnly, query: 'from=2026-11-01&to=2026-11-20' },
  getOrganizationAnalytics: adminsOnly,
  getTeamAnalytics: { own: 'yyyf', other: 'yynn' },
  getDashboard: { own: 'yyfn', other: 'yynn', self: 'nyyy' },
  getOnboarding: adminsOnly,
  explainAccess: { ...adminsOnly, query: 'action=update&resource=Team' },
  listAuditEntries: adminsOnly,
  exportAuditEntries: { ...adminsOnly, query: 'format=csv' },
  getLatestCheckpoint: adminsOnly,
  requestCheckpoint: adminsOnly,
  // Allowed callers get an error, since it isn't sealed yet.
  getAuditReceipt: { ...adminsOnly, query: 'entryId=none&timestamp=2026-11-20T12:00:00.000Z' },
  previewUndo: adminsOnly,
  // The undo of a creation, which isn't possible here.
  undoEntry: { ...adminsOnly, body: () => ({}) },
};
