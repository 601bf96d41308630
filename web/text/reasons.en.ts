import type { sharedRefusals } from '../../domain/errors.ts';
import type { FieldReason } from '../../domain/field-errors.ts';
import type { idempotencyRefusals } from '../../domain/idempotency/idempotency.refusals.ts';
import type { organizationRefusals } from '../../domain/organization/organization.refusals.ts';
import type { userRefusals } from '../../domain/user/user.refusals.ts';
import type { httpRefusals } from '../../functions/http/http.refusals.ts';

/** What to do about an invalid field; the API only states the rule. */
const fields: Readonly<Partial<Record<FieldReason, string>>> = {
  required: 'Required',
  invalid: 'Not valid',
  empty: 'Required',
  not_a_date: 'Enter a date, such as 2026-11-24',
  not_a_number: 'Enter a number',
  not_a_time: 'Enter a time, such as 2026-11-24T12:00:00Z',
  not_a_whole_number: 'Enter a whole number',
  not_above: 'Must be more than {minimum}',
  not_a_time_zone: 'Enter a time zone, such as Europe/Berlin',
  not_an_email_address: 'Enter a valid email address',
  not_below: 'Must be less than {maximum}',
  not_one_of: 'Choose one of these: {values}',
  not_text: 'Enter text',
  too_few_items: 'At least {minimum} needed',
  too_large: 'Must be {maximum} or less',
  too_long: 'Must be {maximum} characters or fewer',
  too_many_items: 'Must be {maximum} items or fewer',
  too_short: 'Must be {minimum} characters or more',
  too_small: 'Must be {minimum} or more',
  contains_control_characters: 'Control characters aren’t allowed',
  contains_spaces: 'Spaces aren’t allowed',
  contains_stacked_marks: 'Too many accent marks on one letter',
  not_a_mail_domain: 'Enter a domain, such as example.com',
  too_long_for_its_key: 'Enter a shorter text',
  too_long_written_out: 'Enter a shorter text',
  turns_direction: 'Characters that reverse the direction of text aren’t allowed',
  not_an_id: 'Not a valid ID',
  not_a_check_in_id: 'Not a valid check-in ID',
  not_an_organization_id: 'Not a valid organization ID',
  not_a_user_id: 'Not a valid user ID',
  not_an_action: 'Enter an action, such as user.removed, or a beginning, such as user.',
  not_an_actor: 'Enter a user ID or a system function, such as system:expiry',
  not_about: 'Enter a team, a KPI or a person, such as team/team_1',
  not_a_resource: 'Enter an item, such as user/user_1, or a beginning, such as user/',
  before_from: 'Must be on or after the start',
  before_from_or_over_a_year: 'Choose an end after the start and at most a year later',
  end_not_after_start: 'Must be after the start',
  ends_before_it_starts: 'Must be on or after the start date',
  from_without_to: 'Enter an end, too',
  in_the_future: 'Can’t be in the future',
  before_the_period: 'The KPI starts on {start}. Choose that day or later',
  out_of_years: 'Must be between 2000 and 2100',
  over_days: 'Choose at most {days} days',
  changes_nothing: 'Change at least one value',
  names_nobody: 'Choose at least one person',
  too_many_at_once: 'At most {most} at once',
  too_many_domains: 'At most {most} domains',
  too_many_facts: 'At most {most} entries',
  too_many_people: 'At most {most} people',
  fact_name_not_plain: 'Names can only contain letters, digits, “.”, “_” and “-”',
  fact_name_reserved: 'The names “constructor” and “__proto__” aren’t allowed',
  team_member_cannot_lead: 'Team members can’t lead a team. Choose another role',
  promotes_a_leader_only: 'Only possible for a team lead',
  team_missing: 'Choose a team',
  target_not_above_baseline: 'Must be higher than the starting value',
  target_not_above_low: 'Must be higher than the minimum',
  target_not_a_band: 'Enter a minimum and a maximum',
  target_not_a_number: 'Enter a single number',
  target_not_below_baseline: 'Must be lower than the starting value',
  too_close_to_zero: 'Enter 0 or a number of at least 0.000000001',
};

const malformed = 'The request isn’t valid. Reload the page and try again.';
const signInAgain = 'Your sign-in is no longer valid. Sign in again.';

/** API messages about requests, reworded for a user of the app. */
const ofRequests: Readonly<Partial<Record<keyof typeof httpRefusals, string>>> = {
  not_found: 'It may have been deleted, or you don’t have access to it.',
  forbidden: 'Your role doesn’t allow this.',
  token_invalid: signInAgain,
  not_a_session_token: signInAgain,
  token_of_another_application: signInAgain,
  request_wrong: 'Some entries are missing or not valid.',
  body_not_json: malformed,
  body_begins_with_mark: malformed,
  body_too_deep: malformed,
  body_encoded: malformed,
  body_of_another_type: malformed,
  body_in_another_charset: malformed,
  header_wrong: malformed,
  state_missing: 'Reload the page and try again.',
};

/** API messages about requests that users never make themselves. */
const ofChanges: Readonly<
  Partial<Record<keyof typeof sharedRefusals | keyof typeof idempotencyRefusals, string>>
> = {
  stale: 'This has changed since you opened it. Reload the page and try again.',
  collided: 'This was just changed by someone else. Try again.',
  cursor_invalid: 'This page of the list is no longer available. Start again from the first page.',
  request_in_progress: 'This is still being saved. Try again in a few seconds.',
  rights_changed_since:
    'This was saved, but your role or teams have changed since. Reload the page to see the current state.',
  key_of_another_request: malformed,
};

/** Messages that contain a stored word or date, which the app formats. */
const ofNouns: Readonly<
  Partial<Record<keyof typeof organizationRefusals | keyof typeof userRefusals, string>>
> = {
  plan_ended: 'This organization’s plan ended on {date}. Only a super admin of the platform can renew it.',
  seats_used_up:
    'All {allowed} seats of the {plan} plan are in use, including pending invitations. Free up seats, or ask a super admin of the platform for a larger plan.',
  teams_used_up:
    'The {plan} plan includes {allowed} teams, and all are in use. Delete a team, or ask a super admin of the platform for a larger plan.',
  kpis_used_up:
    'The {plan} plan includes {allowed} KPIs, and all are in use. Delete a KPI, or ask a super admin of the platform for a larger plan.',
  role_out_of_reach: 'Your role can’t grant, change or remove the role {role}.',
};

/** English explanations that differ from the API's own; everything else uses the API's message. */
export const reasons: Readonly<Record<string, string>> = {
  ...fields,
  ...ofRequests,
  ...ofChanges,
  ...ofNouns,
};
