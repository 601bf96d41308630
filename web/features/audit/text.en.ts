import { inEnglish } from '../../text/count.ts';
import { proving } from './proving-text.en.ts';

/** The subject of an undo's effect. */
interface Effect {
  readonly name?: string | undefined;
  readonly count?: number | undefined;
}

/** The audit log. */
export const texts = {
  audit: 'Audit log',
  title: 'Audit log, all organizations',
  entries: 'Audit log entries',
  none: 'No activity yet',
  noneText: 'Changes appear here within seconds.',
  noMatch: 'No entries match these filters',
  noSuchEntry: 'This entry doesn’t exist, or is no longer kept',
  more: 'Load older',
  activity: 'Activity',
  noActivity: 'No activity in the last 90 days',
  seeAll: 'View all in audit log',
  /** Generic names, if the real one is unknown. */
  things: {
    user: 'a person',
    team: 'a team',
    kpi: 'a KPI',
    org: 'an organization',
    other: 'something',
  },
  gone: { user: 'a former member', team: 'a deleted team', kpi: 'a deleted KPI' },
  actors: {
    clerk: 'Clerk',
    system: 'System',
    import: 'Import',
    seed: 'Example data',
    support: 'Aligno support',
    outsider: 'Someone outside the platform',
    unknown: 'Unknown',
    person: 'A person',
  },
  support: (name: string) => `${name} (Aligno support)`,
  as: 'as',
  imported: 'Imported',
  moreChanges: (count: number) =>
    count === 1 ? 'and 1 more change' : `and ${inEnglish(count)} more changes`,
  each: 'Show each',
  details: 'Details',
  changes: 'Changes',
  content: 'Content',
  field: 'Field',
  value: 'Value',
  before: 'Before',
  after: 'After',
  yes: 'Yes',
  no: 'No',
  when: 'Time',
  request: 'Request ID',
  address: 'IP address',
  browser: 'Browser',
  browserOn: ({ name, system }: { readonly name: string; readonly system: string | null }) =>
    system === null ? name : `${name} on ${system}`,
  copyJson: 'Copy JSON',
  copied: 'Copied',
  ...proving,
  undo: {
    undo: 'Undo',
    restore: 'Restore',
    titles: { puts_back: 'Undo this change?', brings_back: 'Restore this?', takes_away: 'Undo this?' },
    confirm: { puts_back: 'Undo change', brings_back: 'Restore', takes_away: 'Undo change' },
    done: { puts_back: 'Change undone', brings_back: 'Restored', takes_away: 'Change undone' },
    now: 'Now',
    afterwards: 'After undo',
    outcomes: {
      as_before: 'Already has the earlier value',
      changed_since: 'Changed since then. Stays as it is',
      not_allowed: 'You can’t change this. Stays as it is',
      gone: 'The earlier value no longer exists. Stays as it is',
    },
    effects: {
      members_return: ({ count = 0 }: Effect) =>
        count === 1 ? '1 person rejoins the team.' : `${inEnglish(count)} people rejoin the team.`,
      member_left_out: ({ name }: Effect) =>
        `${name ?? 'A former member'} doesn’t rejoin the team: no longer in the organization, or in too many teams.`,
      lead_as_member: ({ name = 'The lead' }: Effect) =>
        `${name} rejoins as a member: the team has a new lead, or their role can’t lead teams.`,
      lead_replaced: ({ name = 'The current lead' }: Effect) =>
        `${name} currently leads the team and will become a member.`,
      lead_given_up: ({ name = 'This person', count = 0 }: Effect) =>
        count === 1 ? `${name} stops leading 1 team.` : `${name} stops leading ${inEnglish(count)} teams.`,
      check_ins_return: () => 'Its check-ins, initiatives and comments come back, unless they have expired.',
      assignee_left_out: ({ name = 'A former member' }: Effect) =>
        `${name} isn’t assigned again, because they’re no longer active here.`,
      teams_return: ({ count = 0 }: Effect) =>
        count === 1 ? 'They rejoin 1 team.' : `They rejoin ${inEnglish(count)} teams.`,
      team_left_out: ({ name }: Effect) =>
        name === undefined
          ? 'A team they were in no longer exists.'
          : `They don’t rejoin ${name}: it’s full.`,
      team_as_member: ({ name = 'a team' }: Effect) =>
        `They rejoin ${name} as a member: it has a new lead, or their role can’t lead teams.`,
    },
    until: (date: string) => `Possible until ${date}. The audit log keeps both changes.`,
    undoneBy: (name: string, date: string) => `Undone by ${name} on ${date}.`,
    someone: 'someone',
    undoes: 'Undoes',
    open: 'View the undone change',
  },
  actor: 'Person',
  action: 'Activity',
  inSupport: 'via support access',
  withheld:
    'The details of this entry are only visible with support access. Open the organization to see them.',
  about: 'About',
  organization: 'Organization',
  people: 'People',
  notPeople: 'Automatic',
  automatic: {
    'system:clerk-webhook': 'Clerk',
    'system:import': 'Import',
    'system:invitations': 'System (invitations)',
    'system:expiry': 'System (expired data)',
    unattributed: 'Unknown',
  },
  nothingFound: 'No matches',
  allOf: (noun: string) => `All: ${noun}`,
  nouns: {
    access: 'Denied access',
    audit: 'Exports',
    'check-in': 'Check-ins',
    import: 'Imports',
    initiative: 'Initiatives',
    comment: 'Comments',
    invitation: 'Invitations',
    kpi: 'KPIs',
    organization: 'Organization',
    session: 'Sign-ins',
    subscription: 'Plan',
    team: 'Teams',
    'usage-run': 'Usage jobs',
    user: 'People',
  },
  period: 'Time',
  periods: {
    any: 'Any time',
    today: 'Today',
    week: 'Last 7 days',
    month: 'Last 30 days',
    quarter: 'Last 90 days',
    custom: 'Custom…',
  },
  removeFilter: (filter: string) => `Remove filter: ${filter}`,
  clear: 'Clear filters',
  export: 'Export',
  needsApproval: 'Another super admin has to approve this',
  exportCsv: 'CSV for spreadsheets',
  exportJson: 'JSON Lines with all fields',
  exporting: (count: number) => `${inEnglish(count)} KB exported`,
  exported: 'Export complete',
};

/** Audit log names of actions, attributes and values. */
export const trail = {
  actions: {
    'access.refused': 'Access denied',
    'audit.checkpoint-requested': 'Checkpoint requested',
    'audit.exported': 'Audit log exported',
    'import.applied': 'Import finished',
    'import.started': 'Import started',
    'import.undoing-started': 'Import undo started',
    'import.undone': 'Import undone',
  },
  fields: {
    organizationId: 'Organization',
    name: 'Name',
    description: 'Description',
    status: 'Status',
    createdBy: 'Created by',
    date: 'Date',
    access: 'Access',
    runId: 'Import',
    state: 'Status',
    filter: 'Filter',
    actor: 'Person',
    action: 'Activity',
    resource: 'Resource',
    about: 'About',
    from: 'From',
  },
  values: {
    status: { active: 'active' },
  },
};
