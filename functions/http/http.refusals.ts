import { refusals } from '../../domain/errors.ts';

/** How the API refuses before a use case is asked. */
export const httpRefusals = refusals({
  address_not_found: ['not_found', 'There is no such address.'],
  /** The one answer for what doesn't exist and for what the caller may not see. */
  not_found: ['not_found', 'There is no such thing here, or you may not see it.'],
  forbidden: ['forbidden', 'Your role may not {action} {subject}.'],
  not_a_super_admin: ['forbidden', 'Only the platform’s super admin may do this.'],
  account_deactivated: [
    'forbidden',
    'Your account here is deactivated. Ask an admin of your organization to reactivate it.',
  ],
  no_membership: ['forbidden', 'You are signed in, but no organization has you yet.'],
  too_many_without_membership: [
    'rate_limited',
    'Too many requests without a membership. Wait for the next minute.',
  ],
  failed: ['internal', 'Something went wrong on our side. Try again.'],

  // Who asks.
  not_signed_in: ['unauthenticated', 'Sign in first.'],
  nobody_signs_in: ['unauthenticated', 'Nobody signs in here.'],
  session_expired: ['unauthenticated', 'The session has expired. Sign in again.'],
  session_incomplete: ['unauthenticated', 'The session is not complete. Finish signing in.'],
  token_invalid: ['unauthenticated', 'The token is not valid.'],
  not_a_session_token: ['unauthenticated', 'This token is not a session token.'],
  token_of_another_application: ['unauthenticated', 'This token was made for another application.'],
  sign_in_unreachable: [
    'identity_unavailable',
    "The sign-in service can't be reached. Try again in a moment.",
  ],

  // What was sent.
  request_wrong: ['validation_failed', 'Some of what was sent is not right.'],
  body_not_json: ['validation_failed', 'The body is not JSON.'],
  body_begins_with_mark: [
    'validation_failed',
    'The body begins with a byte order mark. Send it without one.',
  ],
  body_damaged: ['validation_failed', 'The body is not in UTF-8, or has characters that were lost (U+FFFD).'],
  body_too_deep: ['validation_failed', 'The body may be nested {levels} levels deep at most.'],
  body_too_large: ['payload_too_large', 'The body may have 64 KB at most.'],
  body_encoded: ['unsupported_media_type', 'Send the body without a content encoding such as gzip.'],
  body_of_another_type: ['unsupported_media_type', 'Send the body as application/json.'],
  body_in_another_charset: ['unsupported_media_type', 'Send the body in UTF-8.'],
  header_wrong: ['validation_failed', 'The header {header} {problem}.'],
  state_missing: [
    'precondition_required',
    'Send If-Match with the ETag of what you change, so that nobody else’s change is lost.',
  ],
});
