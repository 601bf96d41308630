import { inEnglish } from './count.ts';
import { reasons } from './reasons.en.ts';
import { unreachable } from './unreachable.ts';

/** A customer's health, and the reasons for it. */
const health = {
  health: 'Health',
  levels: {
    healthy: 'Healthy',
    watch: 'Needs attention',
    at_risk: 'At risk',
    new: 'New',
    inactive: 'Suspended',
  },
  score: (score: number) => `${score} of 100`,
  scored: (score: number) => `Health score: ${score} of 100`,
  sinceLastWeek: (points: number) => {
    if (points === 0) return 'No change since last week';
    return `${points > 0 ? '+' : '−'}${Math.abs(points)} since last week`;
  },
  since: (points: number, date: string) =>
    points === 0
      ? `No change since ${date}`
      : `${points > 0 ? '+' : '−'}${Math.abs(points)} ${Math.abs(points) === 1 ? 'point' : 'points'} since ${date}`,
  takes: (weight: number) => `−${weight}`,
  takesInFull: (weight: number) => `takes ${weight} ${weight === 1 ? 'point' : 'points'} off the score`,
  history: 'Health score',
  historyText:
    '100 minus the points of all reasons, for each day, by today’s rules. Days without usage data are left out.',
  reasons: {
    suspended: () => 'Suspended: members have no access',
    plan_expired: ({ days = 0 }: Said) => `Plan ended ${daysAgo(days)}`,
    plan_ends_soon: ({ days = 0 }: Said) => `Plan ends ${inDays(days)}`,
    no_admin: ({ level }: Said): string =>
      level === 'new' ? 'The first admin hasn’t joined yet' : 'No active admin',
    no_activity: ({ days = 0 }: Said) => `No activity for ${days} days`,
    low_activity: ({ count = 0, of = 0 }: Said) => `${inEnglish(count)} of ${of} people active this week`,
    no_check_ins: ({ days = 0 }: Said) => `No check-ins for ${days} days`,
    invitations_waiting: ({ count = 0 }: Said) => `Invitations pending for over a week: ${inEnglish(count)}`,
    teams_without_leader: ({ count = 0 }: Said) =>
      count === 1 ? '1 team without a lead' : `${inEnglish(count)} teams without a lead`,
    kpis_quiet: ({ count = 0, of = 0 }: Said) =>
      `${inEnglish(count)} of ${of} active KPIs without a check-in for 30 days`,
  },
};

/** The numbers of a reason. */
interface Said {
  readonly level: string;
  readonly days?: number | undefined;
  readonly count?: number | undefined;
  readonly of?: number | undefined;
}

function inDays(days: number): string {
  if (days === 0) return 'today';
  return days === 1 ? 'tomorrow' : `in ${days} days`;
}

const daysAgo = (days: number): string => (days === 1 ? 'yesterday' : `${days} days ago`);

/** Texts of tables and their toolbars. */
const table = {
  filter: 'Filter',
  clearFilters: 'Clear filters',
  removeFilter: (name: string) => `Remove filter: ${name}`,
  chip: (label: string, value: string) => `${label}: ${value}`,
  sort: 'Sort',
  columns: 'Columns',
  rowsPerPage: 'Rows per page',
  exportCsv: 'Export CSV',
  selectAll: 'Select all rows',
  selectOne: (name: string) => `Select ${name}`,
  selected: (shown: string) => `${shown} selected`,
  clearSelection: 'Clear selection',
  bulkActions: 'Actions for selected rows',
  actionFor: (title: string, shown: string) => `${title} (${shown})`,
  count: (shown: string, isOne: boolean) => (isOne ? `${shown} result` : `${shown} results`),
  countSoFar: (shown: string) => `First ${shown} results`,
  countOf: (shown: string, total: string) => `${shown} of ${total}`,
  done: (title: string, shown: string) => `${title}: ${shown} done`,
  partlyDone: ({ title, done, failed }: { title: string; done: string; failed: string }) =>
    `${title}: ${done} done, ${failed} failed. The ones that failed are still selected.`,
};

/** Words that every page uses. */
const common = {
  locale: 'en',
  cancel: 'Cancel',
  close: 'Close',
  save: 'Save',
  copy: (what: string) => `Copy ${what}`,
  copied: 'Copied',
  print: 'Print report',
  retry: 'Try again',
  undo: 'Undo',
  more: 'Load more',
  loading: 'Loading',
  stillLoading: 'Still loading. This is taking longer than usual.',
  all: 'All',
  none: 'None',
  day: 'Day',
  actions: 'Actions',
  request: (id: string) => `Request ${id}`,
  skip: 'Skip to content',
  pageTitle: (title: string) => `${title} · MTCMS`,
  breadcrumbs: 'Breadcrumbs',
  dates: {
    from: 'From',
    to: 'To',
    endsBefore: 'Choose a date on or after “From”',
    beginsAfter: 'Choose a date on or before “To”',
    tooLong: 'Choose a range of up to one year',
    outside: 'Choose a date between 2000 and 2100',
  },
  roles: {
    super_admin: 'Super admin',
    org_admin: 'Admin',
    team_leader: 'Team lead',
    team_member: 'Team member',
  },
  plans: { starter: 'Starter', growth: 'Growth', enterprise: 'Enterprise' },
  standings: {
    active: 'Active',
    onboarding: 'Onboarding',
    ending: 'Ends soon',
    expired: 'Plan ended',
    suspended: 'Suspended',
  },
};

/** Errors by the API's stable code. Where the server's own message says more, that is shown instead. */
const errors = {
  fallbackTitle: 'Something went wrong',
  unexpected: 'An unexpected error occurred on this page. Try again.',
  offline: unreachable,
  unreadable: 'We couldn’t read the server’s response. Try again in a moment.',
  mayBeOld: 'This may be out of date. We couldn’t refresh it.',
  titles: {
    forbidden: 'You don’t have permission',
    approval_required: 'Approval needed',
    reverification_required: 'Confirm that it’s you',
    not_found: 'Not found',
    offline: 'No connection',
    rate_limited: 'Too many requests',
    stale: 'This has changed since you opened it',
    entitlement_exceeded: 'Plan limit reached',
    last_admin: 'At least one admin is needed',
    already_exists: 'Already exists',
    validation_failed: 'Check the highlighted fields',
    internal: 'Something went wrong on our end',
    identity_unavailable: 'The sign-in service isn’t available',
    unauthenticated: 'You’re signed out',
  },
  whoCould: (who: string) => `Ask ${who} for access.`,
  admins: 'an admin of your organization',
  superAdmins: 'the platform’s super admins',
  audiences: {
    admins: 'your organization’s admins',
    leaders: 'your organization’s admins and team leads',
  },
  /** A number that can be read in two ways, and how to enter each; `decimals` follow `units`. */
  twoNumbers: ({ whole, units, decimals }: { whole: string; units: string; decimals: string }) =>
    `This could be read two ways. Enter ${whole} for the whole number or ${units}.${decimals} for the decimal.`,
  retryIn: (seconds: number) => `Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
  forbiddenPage: 'You don’t have access to this page',
  forbiddenText: (who: string) => `Only ${who} can open it. Ask them if you need access.`,
  ownPage: 'Back to your home page',
  notFoundPage: 'Page not found',
  notFoundText: 'Check the address. The page may also have been deleted.',
  start: 'Back to home',
};

/** The shell: navigation, palette, sign-in and sign-out. */
const shell = {
  menu: 'Menu',
  main: 'Main',
  find: 'Search or go to…',
  search: 'Search',
  printed: (date: string) => `Printed ${date}`,
  context: {
    switch: (name: string) => `Switch organization: ${name}`,
    platform: 'Platform',
    organization: 'Organization',
    recent: 'Recent',
    search: 'Search organizations…',
    all: 'All organizations',
  },
  nothingFound: 'No results',
  colours: { auto: 'System theme', light: 'Light', dark: 'Dark' },
  languages: { en: 'English', de: 'Deutsch' },
  signOut: 'Sign out',
  shortcuts: 'Keyboard shortcuts',
  shortcutList: {
    palette: 'Search or go to',
    search: 'Search this list',
    shortcuts: 'Show keyboard shortcuts',
    close: 'Close dialog or menu',
  },
  groups: { pages: 'Pages', acts: 'Actions', you: 'Account' },
  visiting: (name: string) =>
    `You’re viewing ${name} as a super admin. Changes you make are recorded in its audit log.`,
  leaveOrganization: 'Back to platform',
  support: {
    open: 'Open organization',
    needed: 'Open the organization to see this',
    neededText:
      'You need support access with a reason. The organization’s admins can see who had access, and why.',
  },
  offline:
    'You’re offline. This page may be out of date, and changes can’t be saved until you’re back online.',
  sessionEnded: {
    title: 'Your session has ended',
    text: 'Sign in again to continue. What you’ve entered is still here.',
  },
  unsaved: {
    title: 'Discard unsaved changes?',
    text: 'What you entered hasn’t been saved. If you leave now, it’s lost.',
    keep: 'Keep editing',
    discard: 'Discard changes',
  },
  conflict: {
    title: 'This has changed since you opened it',
    ownTitle: 'You changed this somewhere else',
    ownChange: (when: string) => `You changed this ${when}, in another tab or on another device.`,
    theirChange: (name: string | undefined, when: string) =>
      name === undefined ? `This was changed ${when}.` : `${name} changed this ${when}.`,
    text: 'Compare both versions and choose which one to keep.',
    field: 'Field',
    mine: 'Yours',
    theirs: 'Current',
    keepMine: 'Keep mine',
    takeTheirs: 'Discard mine',
  },
};

/** Texts shared by all features and the shell. */
export const shared = { common, errors, health, shell, table, reasons };
