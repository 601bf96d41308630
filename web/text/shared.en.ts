/** Words that every page uses. */
const common = {
  cancel: 'Cancel',
  close: 'Close',
  save: 'Save',
  retry: 'Try again',
  undo: 'Undo',
  more: 'Show more',
  loading: 'Loading',
  stillLoading: 'Still loading: the server is slow to answer.',
  all: 'All',
  showAll: 'Show all',
  none: 'None',
  day: 'Day',
  actions: 'Actions',
  asTable: 'Show the figures as a table',
  asChart: 'Show the chart',
  previousPeriod: 'Period before',
  request: (id: string) => `Request ${id}`,
  skip: 'Skip to the content',
  pageTitle: (title: string) => `${title} · MTCMS`,
  breadcrumbs: 'Breadcrumbs',
  dates: {
    from: 'From',
    to: 'To',
    endsBefore: 'Choose a date on or after “From”',
    beginsAfter: 'Choose a date on or before “To”',
    tooLong: 'Choose a year at most',
    outside: 'Choose a date between 2000 and 2100',
  },
  roles: {
    super_admin: 'Super admin',
    org_admin: 'Admin',
    team_leader: 'Team leader',
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

/**
 * What went wrong, by the API's stable code; where a code says less than the server's own words, those are
 * shown.
 */
const errors = {
  fallbackTitle: 'That didn’t work',
  unexpected: 'Something in the page went wrong. Try again.',
  offline: 'The server can’t be reached. Check the connection, then try again.',
  unreadable: 'The server answered in a way we don’t understand. Try again in a moment.',
  mayBeOld: 'This may be out of date: it couldn’t be read anew.',
  titles: {
    forbidden: 'You may not do this',
    not_found: 'This isn’t there',
    offline: 'No connection',
    rate_limited: 'Too many requests',
    stale: 'This has changed since you opened it',
    entitlement_exceeded: 'The plan allows no more',
    last_admin: 'This is the only admin',
    already_exists: 'This exists already',
    validation_failed: 'Something isn’t right yet',
    internal: 'Something went wrong on our side',
    identity_unavailable: 'The sign-in service can’t be reached',
    unauthenticated: 'You are signed out',
  },
  whoCould: (who: string) => `${who} could do this.`,
  admins: 'An admin of your organization',
  superAdmins: 'the platform’s super admins',
  audiences: {
    admins: 'your organization’s admins',
    leaders: 'your organization’s admins and team leaders',
  },
  /** A number that can be read in two ways, and how to type either; `decimals` follow `units`. */
  twoNumbers: ({ whole, units, decimals }: { whole: string; units: string; decimals: string }) =>
    `This can mean two numbers. Type ${whole} for the whole number or ${units}.${decimals} for the decimal.`,
  retryIn: (seconds: number) => `Try again in ${seconds} seconds.`,
  forbiddenPage: 'You may not open this page',
  forbiddenText: (who: string) => `It is for ${who}. If you need something from it, ask them.`,
  ownPage: 'Back to your own page',
  notFoundPage: 'This page isn’t there',
  notFoundText: 'The address may be mistyped, or what it was about is gone.',
  start: 'Back to the start',
};

/** What is around every page: navigation, palette, the ways in and out. */
const shell = {
  menu: 'Menu',
  main: 'Main',
  find: 'Find or go to…',
  search: 'Search',
  context: {
    switch: (name: string) => `Switch organization: ${name}`,
    platform: 'Platform',
    organization: 'Organization',
    recent: 'Recent',
    search: 'Search organizations…',
    all: 'All organizations',
  },
  nothingFound: 'Nothing matches that',
  colours: { auto: 'Colours of the system', light: 'Light', dark: 'Dark' },
  languages: { en: 'English', de: 'Deutsch' },
  signOut: 'Sign out',
  shortcuts: 'Keyboard shortcuts',
  shortcutList: {
    palette: 'Find or go to',
    search: 'Search in this list',
    shortcuts: 'Show these shortcuts',
    close: 'Close what is open',
  },
  groups: { pages: 'Pages', acts: 'Actions', you: 'Account' },
  visiting: (name: string) =>
    `You see ${name} as the platform’s super admin. What you change here stands in its audit trail.`,
  leaveOrganization: 'Back to the platform',
  offline: 'No connection. What you see may be old; changes are refused until it is back.',
  sessionEnded: {
    title: 'Your session has ended',
    text: 'Sign in again to go on. What you have typed is still here.',
  },
  conflict: {
    title: 'This has changed since you opened it',
    ownTitle: 'You changed this in another tab',
    text: 'Both versions are below. Compare them, then decide which one to keep.',
    field: 'Field',
    mine: 'Yours',
    theirs: 'As it is now',
    keepMine: 'Save mine over it',
    takeTheirs: 'Take what is there',
  },
};

/** What the server and the forms' schemas say, by reason: they speak English themselves. */
const reasons: Readonly<Record<string, string>> = {};

/** What every feature and the shell say. */
export const shared = { common, errors, shell, reasons };
