import { newOrganization } from '../../support/product.ts';
import type { RouteCase } from './cases.ts';
import { newInitiative, newKpi, newPerson, type Places, unique } from './places.ts';

const contact = (n: number) => ({
  contactPerson: { name: `Cora ${n}`, email: `cora-${n}@northwind.example` },
});

/** The super admin's changes. */
const ofOrganizations = ({ besideId, switched }: Places): readonly RouteCase[] => [
  {
    route: 'createOrganization',
    body: () => newOrganization(unique('Bench'), `${unique('first')}@bench.example`),
  },
  { route: 'updateOrganization', revisionOf: 'getOrganization', body: (n) => ({ metadata: { n: `${n}` } }) },
  {
    route: 'updateOrganization',
    note: 'another name',
    ids: { organizationId: besideId },
    revisionOf: 'getOrganization',
    body: () => ({ name: unique('Renamed') }),
  },
  {
    route: 'changeSubscription',
    query: { dryRun: 'true' },
    ids: { organizationId: besideId },
    revisionOf: 'getOrganization',
    body: () => ({ plan: 'starter', startDate: '2026-01-01' }),
  },
  {
    route: 'changeSubscription',
    ids: { organizationId: besideId },
    revisionOf: 'getOrganization',
    body: (n) => ({ plan: n % 2 === 0 ? 'starter' : 'growth', startDate: '2026-01-01' }),
  },
  {
    route: 'deactivateOrganization',
    body: () => ({ reason: 'For the benchmark' }),
    prepare: () => switched(besideId, 'reactivate'),
  },
  { route: 'reactivateOrganization', prepare: () => switched(besideId, 'deactivate') },
];

const ofPeople = ({ ids, people, ...makers }: Places): readonly RouteCase[] => [
  { route: 'updateOwnOrganization', revisionOf: 'getOwnOrganization', body: contact },
  {
    route: 'updateUser',
    ids: { userId: people.other },
    revisionOf: 'getUser',
    body: (n) => ({ role: n % 2 === 0 ? 'team_leader' : 'team_member' }),
  },
  { route: 'removeUser', revisionOf: 'getUser', prepare: makers.user },
  { route: 'createInvitation', body: newPerson },
  { route: 'createInvitation', note: 'into a team', body: () => ({ ...newPerson(), teamId: ids.teamId }) },
  { route: 'inviteMany', note: 'one line', body: () => ({ invitations: [newPerson()] }) },
  { route: 'resendInvitation', note: 'open', prepare: makers.invitation },
  { route: 'resendInvitation', note: 'expired', prepare: makers.expiredInvitation },
  { route: 'revokeInvitation', prepare: makers.invitation },
];

const ofWork = ({ ids, people, ...makers }: Places): readonly RouteCase[] => [
  { route: 'createTeam', body: () => ({ name: unique('Team') }) },
  { route: 'updateTeam', revisionOf: 'getTeam', body: (n) => ({ description: `Number ${n}` }) },
  { route: 'deleteTeam', prepare: makers.team },
  {
    route: 'putTeamMember',
    ids: { userId: people.leader },
    revisionOf: 'getTeam',
    body: (n) => ({ role: n % 2 === 0 ? 'member' : 'leader' }),
  },
  { route: 'addTeamMembers', body: () => ({ userIds: [people.member, people.other] }) },
  { route: 'removeTeamMember', prepare: makers.teamMember },
  { route: 'createKpi', body: () => newKpi(unique('KPI'), ids.teamId) },
  { route: 'updateKpi', revisionOf: 'getKpi', body: (n) => ({ name: `KPI again ${n}` }) },
  { route: 'deleteKpi', prepare: makers.kpi },
  { route: 'createCheckIn', body: (n) => ({ value: n }) },
  {
    route: 'checkInMany',
    note: 'one line',
    body: (n) => ({ checkIns: [{ kpi: ids.kpiId, date: new Date(Date.UTC(2026, 0, 1 + n)), value: n }] }),
  },
  { route: 'undoCheckIn', prepare: () => makers.checkIn(ids.kpiId) },
  { route: 'correctCheckIn', body: (n) => ({ value: n + 1 }), prepare: () => makers.checkIn(ids.kpiId) },
  { route: 'assessKpi', body: (n) => ({ level: n % 2 === 0 ? 'on_track' : 'at_risk' }) },
  { route: 'createComment', body: () => ({ text: unique('Comment') }) },
  {
    route: 'updateComment',
    body: () => ({ text: unique('Comment') }),
    prepare: () => makers.comment(ids.kpiId),
  },
  { route: 'deleteComment', prepare: () => makers.comment(ids.kpiId) },
  { route: 'createInitiative', body: () => newInitiative(people.member) },
  {
    route: 'updateInitiative',
    revisionOf: 'getInitiative',
    body: (n) => ({ status: n % 2 === 0 ? 'active' : 'done' }),
  },
  { route: 'deleteInitiative', prepare: () => makers.initiative(ids.kpiId) },
  { route: 'revokeApiKey', prepare: makers.apiKey },
  { route: 'deleteWebhook', prepare: makers.webhook },
  { route: 'grantSupportAccess', body: () => ({}), prepare: () => makers.support(false) },
  { route: 'narrowSupportAccess', body: () => ({ mode: 'read' }), prepare: () => makers.support(true) },
  { route: 'endSupportAccess', prepare: () => makers.support(true) },
];

/** Changes, after all reads, so that they don't affect the measurements. */
export const writes = (places: Places): readonly RouteCase[] => [
  ...ofOrganizations(places),
  ...ofPeople(places),
  ...ofWork(places),
];
