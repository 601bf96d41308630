import type { ForcedSubject, MongoAbility, RawRuleOf } from '@casl/ability';
import { PLATFORM } from '../ids.ts';
import { type Member, teamsLed } from './member.ts';
import type { Action, Subject } from './permission.ts';
import type { Role } from './roles.schema.ts';

/** The attributes of an instance that rules refer to: its organization, its team, its owner. */
export interface Instance {
  readonly organizationId: string;
  readonly userId?: string | undefined;
  /** The team it belongs to. */
  readonly teamId?: string | undefined;
  /** A user's teams. */
  readonly teamIds?: readonly string[] | undefined;
  /** The users a KPI is assigned to, including its owner. */
  readonly assigneeIds?: readonly string[] | undefined;
  /** The role granted by an invitation or a team membership. */
  readonly role?: string | undefined;
}

export type Ability = MongoAbility<
  [Action | 'manage', Subject | 'all' | (Instance & ForcedSubject<Subject>)]
>;
export type Rule = RawRuleOf<Ability>;

/** Credentials that outlive a visit: super admins can't create any for a customer. */
const nothingThatStays: readonly Rule[] = [
  { inverted: true, action: ['create', 'update'], subject: ['ApiKey', 'Webhook'] },
];

/** Only an organization's own admins decide who is erased. */
const nobodyErased: Rule = { inverted: true, action: ['create', 'delete'], subject: 'Erasure' };

/**
 * The permission matrix, as data: for each role its actions, the instances and the fields. Bodies are
 * checked field by field. A rule with `fields` allows only those, so that a field added later is refused
 * until it is named; a rule without `fields` allows all.
 */
export const rulesOfRole: Readonly<Record<Role, (member: Member) => Rule[]>> = {
  // On the platform only: the same role stored in an organization's partition grants nothing.
  super_admin: ({ organizationId }) =>
    organizationId === PLATFORM
      ? [
          { action: 'manage', subject: 'all' },
          // Consent of an organization is up to its own admins.
          { inverted: true, action: 'manage', subject: 'SupportConsent' },
          ...nothingThatStays,
          nobodyErased,
        ]
      : [],

  org_admin: ({ organizationId, userId }) => {
    const conditions = { organizationId };
    return [
      { action: 'read', subject: 'Organization', conditions },
      {
        action: 'update',
        subject: 'Organization',
        fields: ['contactPerson', 'allowedDomains', 'reminders'],
        conditions,
      },
      { action: ['read', 'list', 'update', 'delete'], subject: 'User', conditions },
      { action: ['create', 'read', 'list', 'update', 'delete'], subject: 'Invitation', conditions },
      { action: ['create', 'read', 'list', 'update', 'delete'], subject: 'Team', conditions },
      { action: ['update', 'delete'], subject: 'TeamMember', conditions },
      { action: ['create', 'read', 'list', 'update', 'delete'], subject: 'Kpi', conditions },
      { action: ['create', 'list', 'update'], subject: 'CheckIn', conditions },
      { action: 'delete', subject: 'CheckIn', conditions: { ...conditions, userId } },
      { action: ['create', 'read', 'list', 'update', 'delete'], subject: 'Initiative', conditions },
      { action: ['create', 'list', 'delete'], subject: 'Comment', conditions },
      { action: 'update', subject: 'Comment', conditions: { ...conditions, userId } },
      { action: ['list', 'export'], subject: 'AuditEntry', conditions },
      { action: 'undo', subject: 'AuditEntry', conditions },
      { action: ['create', 'read'], subject: 'AuditCheckpoint', conditions },
      { action: 'list', subject: 'UsageSnapshot', conditions },
      { action: 'read', subject: ['Analytics', 'Onboarding', 'Access'], conditions },
      // A leaving organization's export; admins can't start the departure.
      { action: ['read', 'create', 'export'], subject: 'DataExport', conditions },
      // The data of one person, including former members.
      { action: ['read', 'create', 'export'], subject: 'PersonData', conditions },
      { action: ['read', 'create', 'delete'], subject: 'Erasure', conditions },
      // They see who has support access and can end it; requests for consent they grant or narrow.
      { action: ['list', 'read', 'delete'], subject: 'SupportAccess', conditions },
      { action: ['create', 'update'], subject: 'SupportConsent', conditions },
      { action: ['create', 'read', 'list', 'delete'], subject: 'ApiKey', conditions },
      { action: ['create', 'read', 'list', 'update', 'delete'], subject: 'Webhook', conditions },
      // Admins see whether email reaches a user; only the user chooses what is sent.
      { action: 'read', subject: 'MailSettings', conditions },
      { action: 'update', subject: 'MailSettings', conditions: { ...conditions, userId } },
    ];
  },

  team_leader: (member) => {
    const own = { organizationId: member.organizationId };
    const led = { ...own, teamId: { $in: teamsLed(member) } };
    return [
      ...ofEveryMember(member),
      // List queries use the same conditions.
      { action: 'list', subject: ['User', 'Invitation'], conditions: own },
      { action: 'read', subject: 'User', conditions: { ...own, teamIds: { $in: teamsLed(member) } } },
      {
        action: ['create', 'read', 'update', 'delete'],
        subject: 'Invitation',
        conditions: { ...led, role: 'team_member' },
      },
      { action: 'update', subject: 'Team', fields: ['name', 'description'], conditions: led },
      { action: ['update', 'delete'], subject: 'TeamMember', conditions: { ...led, role: 'member' } },
      { action: ['create', 'read', 'update', 'delete'], subject: 'Kpi', conditions: led },
      { action: ['create', 'list', 'update'], subject: 'CheckIn', conditions: led },
      { action: 'delete', subject: 'CheckIn', conditions: { ...led, userId: member.userId } },
      { action: ['create', 'update', 'delete'], subject: 'Initiative', conditions: led },
      { action: 'delete', subject: 'Comment', conditions: led },
      { action: 'read', subject: 'Analytics', conditions: led },
    ];
  },

  team_member: (member) => ofEveryMember(member),
};

/** What every member sees of their organization. */
const summary = ['id', 'name', 'status', 'frozenAt', 'deletionFrom'];

/** What leaders and members have in common: themselves, their teams, and the KPIs they report on. */
function ofEveryMember({ organizationId, userId, teams }: Member): Rule[] {
  const own = { organizationId };
  const inTeam = { ...own, teamId: { $in: Object.keys(teams) } };
  const assigned = { ...own, assigneeIds: userId };
  return [
    { action: 'read', subject: 'Organization', fields: summary, conditions: own },
    { action: 'read', subject: ['User', 'Analytics'], conditions: { ...own, userId } },
    { action: ['read', 'create', 'export'], subject: 'PersonData', conditions: { ...own, userId } },
    { action: ['read', 'create', 'delete'], subject: 'Erasure', conditions: { ...own, userId } },
    { action: ['read', 'update'], subject: 'MailSettings', conditions: { ...own, userId } },
    { action: 'list', subject: ['Team', 'Kpi'], conditions: own },
    { action: 'read', subject: 'Team', conditions: inTeam },
    { action: 'read', subject: 'Kpi', conditions: inTeam },
    { action: 'read', subject: 'Kpi', conditions: assigned },
    { action: 'list', subject: 'CheckIn', conditions: inTeam },
    { action: ['list', 'create'], subject: 'CheckIn', conditions: assigned },
    // Their own recent check-ins, see `undoCheckIn`.
    { action: 'delete', subject: 'CheckIn', conditions: { ...assigned, userId } },
    { action: ['read', 'list'], subject: 'Initiative', conditions: inTeam },
    { action: ['read', 'list'], subject: 'Initiative', conditions: assigned },
    // Anyone who can see a KPI may comment on it, and edit their own comments.
    { action: ['list', 'create'], subject: 'Comment', conditions: inTeam },
    { action: ['list', 'create'], subject: 'Comment', conditions: assigned },
    { action: ['update', 'delete'], subject: 'Comment', conditions: { ...inTeam, userId } },
    { action: ['update', 'delete'], subject: 'Comment', conditions: { ...assigned, userId } },
    // Its owner, in any team.
    { action: 'read', subject: 'Initiative', conditions: { ...own, userId } },
    { action: 'update', subject: 'Initiative', fields: ['status'], conditions: { ...own, userId } },
  ];
}

const readingActions: readonly string[] = ['read', 'list', 'export'];

/** What remains possible in a leaving organization: viewing its data, and recording who does. */
const onWhileLeaving: readonly string[] = ['SupportAccess', 'SupportConsent', 'DataExport', 'PersonData'];

/** Access from outside, which isn't exported; it can be revoked at any time. */
const waysIn: readonly string[] = ['ApiKey', 'Webhook'];

/** Whether a change is possible in an organization that is frozen because it is leaving. */
export const isChangedWhileLeaving = (action: string, subject: string): boolean =>
  onWhileLeaving.includes(subject) || (action === 'delete' && waysIn.includes(subject));

/** The same, also true for reads. */
export const goesOnWhileLeaving = (action: string, subject: string): boolean =>
  readingActions.includes(action) || isChangedWhileLeaving(action, subject);

/** The same rules, limited to reading. */
const onlyReading = (rules: readonly Rule[]): Rule[] =>
  rules.map((rule) => ({
    ...rule,
    action: [rule.action].flat().filter((one) => readingActions.includes(one)),
  }));

/** How a super admin is in an organization: not at all, reading, changing, or as a user. */
export type Visit =
  | { readonly mode: 'none' | 'read' | 'change' }
  | { readonly mode: 'view'; readonly as: Member };

/**
 * What a super admin may do in an organization that requires support access. Without it, only what is the
 * platform's business: the customer's profile, and counts. They may always request and end it.
 */
export function rulesOfVisit(organizationId: string, visit: Visit): Rule[] {
  const conditions = { organizationId };
  const own: Rule = { action: 'manage', subject: 'SupportAccess', conditions };
  switch (visit.mode) {
    case 'none':
      return [
        own,
        { action: 'read', subject: ['Organization', 'DataExport'], conditions },
        { action: 'list', subject: 'UsageSnapshot', conditions },
      ];
    case 'read':
      return [own, { action: ['read', 'list', 'export'], subject: 'all', conditions }];
    case 'change':
      return [
        { action: 'manage', subject: 'all', conditions },
        { inverted: true, action: 'manage', subject: 'SupportConsent' },
        ...nothingThatStays,
        nobodyErased,
      ];
    case 'view':
      return [own, ...onlyReading(rulesOfRole[visit.as.role](visit.as))];
  }
}
