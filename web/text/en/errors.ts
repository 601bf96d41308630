/**
 * What went wrong, by the API's stable code; where a code says less than the server's own words, those are
 * shown.
 */
export const errors = {
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
  retryIn: (seconds: number) => `Try again in ${seconds} seconds.`,
  forbiddenPage: 'You may not open this page',
  forbiddenText: (who: string) => `It is for ${who}. If you need something from it, ask them.`,
  ownPage: 'Back to your own page',
  notFoundPage: 'This page isn’t there',
  notFoundText: 'The address may be mistyped, or what it was about is gone.',
  start: 'Back to the start',
};
