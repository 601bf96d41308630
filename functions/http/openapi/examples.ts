const organizationId = 'org_01KB2W4QZJ6M8V3D5N7P9R1T3X';
const userId = 'user_2xA9kLmP0qRsTuVwXyZ';
const teamId = 'team_01KB2W7F3H5K7M9P1R3T5V7X9Z';
const times = { createdAt: '2026-03-02T08:15:00.000Z', updatedAt: '2026-11-20T14:02:31.418Z' };
const subscription = { plan: 'growth', startDate: '2026-03-02', endDate: '2027-03-01' };
const contactPerson = { name: 'Noor Haddad', email: 'noor.haddad@bluebird.example', phone: '+49 30 1234567' };

const user = {
  userId,
  email: 'ines.moreau@bluebird.example',
  name: 'Ines Moreau',
  role: 'team_leader',
  status: 'active',
  organizationId,
  teams: { [teamId]: 'leader' },
  revision: 3,
  ...times,
};
const organization = {
  id: organizationId,
  name: 'Bluebird Health',
  contactPerson,
  status: 'active',
  subscription,
  metadata: { crm: '8812' },
  allowedDomains: ['bluebird.example'],
  revision: 4,
  ...times,
};
const team = {
  id: teamId,
  name: 'Ward North',
  description: 'The night and day shifts of the north wing.',
  organizationId,
  leaderId: userId,
  memberCount: 1,
  revision: 2,
  ...times,
};
const newKpi = {
  name: 'Beds ready by noon',
  unit: '%',
  direction: 'up',
  baseline: 62,
  target: 90,
  period: { start: '2026-07-01', end: '2026-12-31' },
  owner: { kind: 'team', teamId },
  assigneeIds: [userId],
};
const kpiId = 'kpi_01KB2WD5G7J9M1P3R5T7V9X1Z3';
const checkIn = {
  id: 'chk_01KAGM2Q8R01KAGM2Q8R4W6Y8Z',
  value: 84.5,
  note: 'The new shift plan works.',
  at: '2026-11-20T14:00:00.000Z',
};
const hash = '3f0c2a9d5b7e416888d1b2c4e6f80a1c3d5e7f90123456789abcdef012345678';
const newSuperAdmin = { email: 'grace.okafor@aligno.example', name: 'Grace Okafor' };
const person = { email: 'tomas.berg@bluebird.example', name: 'Tomas Berg', role: 'team_member' };

/** One example of each named schema that a reader looks up first; a test parses each by its schema. */
export const examples: Readonly<Record<string, unknown>> = {
  AccessExplanation: {
    allowed: false,
    reason: 'A team_leader may update Team only where one of the rules holds, and here none does.',
    userId,
    role: 'team_leader',
    action: 'update',
    resource: `Team/${teamId}`,
    rules: [{ rule: 'update Team of a team they lead (only name, description)', holds: false }],
  },
  Approval: {
    id: 'apr_01KB2WF6H8K0M2P4R6T8V0X2Z4',
    kind: 'super-admin.create',
    input: newSuperAdmin,
    touches: { 'email/grace.okafor@aligno.example': 0 },
    hash,
    reason: 'Grace takes over support for the northern customers.',
    status: 'waiting',
    requestedBy: { userId, name: 'Sofia Keller', factor: 'second', at: '2026-11-20T14:02:31.418Z' },
    openUntil: '2026-11-21T14:02:31.418Z',
    revision: 1,
    createdAt: '2026-11-20T14:02:31.418Z',
    updatedAt: '2026-11-20T14:02:31.418Z',
  },
  ApprovalChange: { hash },
  ApprovalEnd: { reason: 'Ask Grace to get her own account first.' },
  ApprovalInput: {
    kind: 'super-admin.create',
    input: newSuperAdmin,
    reason: 'Grace takes over support for the northern customers.',
  },
  AuditEntry: {
    id: 'evt_7f2c19',
    organizationId,
    userId,
    role: 'org_admin',
    action: 'user.role-changed',
    resource: `user/${userId}`,
    details: { before: { role: 'team_member' }, after: { role: 'team_leader' }, changed: ['role'] },
    timestamp: '2026-11-20T14:02:31.418Z',
    requestId: '0f5f3c1e-6c0d-4d59-9f3a-0d2f3f0b9a11',
    ip: '203.0.113.7',
    userAgent: 'Mozilla/5.0',
    schemaVersion: 1,
    actorName: 'Ada Lindqvist',
    changes: [{ field: 'role', before: 'team_member', after: 'team_leader' }],
  },
  AuditCheckpointRequest: { requestedAt: '2026-11-20T14:02:31.418Z' },
  BulkInvitation: { invitations: [person, { email: 'mina.sato@bluebird.example' }] },
  CheckIn: { ...checkIn, kpiId, by: userId, byName: 'Ada Lindqvist', revision: 1, ...times },
  CheckInChange: { value: 85.4 },
  Deactivation: { reason: 'Two invoices unpaid; agreed with their finance team.' },
  Invitation: {
    id: 'inv_01KB2WA1C3E5G7J9M1P3R5T7V9',
    ...person,
    status: 'pending',
    delivery: 'sent',
    invitedBy: userId,
    expiresAt: '2026-12-04T14:02:31.418Z',
    revision: 1,
    ...times,
  },
  Kpi: {
    id: kpiId,
    organizationId,
    ...newKpi,
    ownerName: 'Ward South',
    assignees: [{ userId, name: 'Ada Lindqvist' }],
    createdBy: userId,
    status: 'on_track',
    progress: 0.8035714285714286,
    latest: { value: checkIn.value, at: checkIn.at, checkInId: checkIn.id },
    recent: [{ value: checkIn.value, at: checkIn.at, checkInId: checkIn.id }],
    revision: 2,
    ...times,
  },
  KpiChange: { target: 95 },
  Membership: { role: 'leader' },
  InvitationInput: person,
  CheckInInput: { value: 84.5, note: checkIn.note },
  KpiInput: newKpi,
  TeamInput: { name: 'Ward North', leaderId: userId },
  OrganizationInput: {
    name: 'Bluebird Health',
    contactPerson,
    subscription,
    firstAdmin: { name: 'Ada Lindqvist', email: 'ada.lindqvist@bluebird.example' },
  },
  Organization: organization,
  OrganizationChange: { contactPerson },
  OrganizationWithCounts: {
    ...organization,
    counts: { users: 13, pendingInvitations: 3, teams: 4, kpis: 21 },
    admins: 1,
    lastActivityOn: '2026-11-20',
    stage: 'active',
    signals: {
      ...{ date: '2026-11-20', activeUsers: 9, waitingInvitations: 2, leaderlessTeams: 1 },
      ...{ runningKpis: 18, quietKpis: 0, lastCheckInOn: '2026-11-20' },
    },
    reached: { admin_joined: '2026-03-02T10:15:00.000Z', active: '2026-03-20T09:05:00.000Z' },
    health: {
      level: 'watch',
      score: 85,
      weekAgo: { date: '2026-11-14', score: 95 },
      reasons: [
        { code: 'invitations_waiting', level: 'watch', count: 2, of: 3, weight: 5 },
        { code: 'teams_without_leader', level: 'watch', count: 1, of: 4, weight: 10 },
      ],
    },
  },
  OwnOrganizationChange: { allowedDomains: ['bluebird.example'] },
  PlanChange: {
    applied: false,
    subscription: { plan: 'starter', startDate: '2026-12-01' },
    exceeded: [{ entitlement: 'seats', used: 16, allowed: 10 }],
    allowances: [{ allowance: 'auditRetentionDays', from: 365, to: 90 }],
    revision: 4,
  },
  RequestedUsageRuns: {
    period: 'hour',
    due: '2026-11-20T14',
    date: '2026-11-20',
    shards: 4,
    requestedAt: '2026-11-20T14:02:31.418Z',
  },
  SubscriptionInput: subscription,
  Team: {
    ...team,
    members: [{ userId, email: user.email, name: user.name, role: 'leader', joinedAt: times.createdAt }],
  },
  TeamChange: { description: null },
  MembersToAdd: { userIds: [userId, 'user_2yB0mNqL1rStUvWxYzA'] },
  TeamSummary: team,
  UsageRunRequest: { period: 'hour' },
  User: user,
  UserChange: { role: 'team_leader' },
};
