import { refusals } from '../../domain/errors.ts';

/** Refusals before a use case is called. */
export const httpRefusals = refusals({
  address_not_found: ['not_found', 'There is no route at this address.'],
  /** The same response for what doesn't exist and for what the caller may not see. */
  not_found: ['not_found', 'Not found. It doesn’t exist, or you don’t have access to it.'],
  forbidden: ['forbidden', 'Your role isn’t allowed to {action} {subject}.'],
  not_a_super_admin: ['forbidden', 'Only super admins of the platform can do this.'],
  account_deactivated: [
    'forbidden',
    'Your account is deactivated. Ask an admin of your organization to reactivate it.',
  ],
  no_membership: ['forbidden', 'You’re signed in but don’t belong to an organization yet.'],
  too_many_without_membership: [
    'rate_limited',
    'Too many requests from an account without an organization. Try again in a minute.',
  ],
  failed: ['internal', 'Something went wrong on our end. Try again.'],

  // Authentication.
  not_signed_in: ['unauthenticated', 'Sign in to continue.'],
  nobody_signs_in: ['unauthenticated', 'Sign-in isn’t available on this address.'],
  session_expired: ['unauthenticated', 'Your session has expired. Sign in again.'],
  session_incomplete: ['unauthenticated', 'Your sign-in isn’t complete yet. Finish signing in.'],
  token_invalid: ['unauthenticated', 'The token isn’t valid.'],
  not_a_session_token: ['unauthenticated', 'The token isn’t a session token.'],
  token_of_another_application: ['unauthenticated', 'The token was issued for another application.'],
  sign_in_unreachable: [
    'identity_unavailable',
    'The sign-in service isn’t available. Try again in a moment.',
  ],

  // The request itself.
  request_wrong: ['validation_failed', 'Some fields are missing or not valid.'],
  body_not_json: ['validation_failed', 'The body isn’t valid JSON.'],
  body_begins_with_mark: [
    'validation_failed',
    'The body starts with a byte order mark. Send it without one.',
  ],
  body_damaged: [
    'validation_failed',
    'The body isn’t valid UTF-8 or contains replacement characters (U+FFFD).',
  ],
  body_too_deep: ['validation_failed', 'The body is nested too deeply. The limit is {levels} levels.'],
  body_too_large: ['payload_too_large', 'The body is too large. The limit is 64 KB.'],
  body_encoded: ['unsupported_media_type', 'Send the body without a content encoding, such as gzip.'],
  body_of_another_type: ['unsupported_media_type', 'Send the body as application/json.'],
  body_in_another_charset: ['unsupported_media_type', 'Send the body in UTF-8.'],
  header_wrong: ['validation_failed', 'The header {header} {problem}.'],
  state_missing: [
    'precondition_required',
    'Send If-Match with the ETag of what you’re changing, so that you don’t overwrite someone else’s change.',
  ],
});
