import type * as z from 'zod/mini';
import { type FieldError, filledIn, type Params, type ParamsFor } from './errors.ts';

/** Reasons why a field is invalid, with the API's message and its `{placeholders}`. */
export const fieldReasons = {
  // Found by schemas themselves: see `words.schema.ts`.
  required: 'is required',
  invalid: 'isn’t valid',
  empty: 'can’t be empty',
  not_a_boolean: 'must be true or false',
  not_a_date: 'must be a date, such as 2026-11-24',
  not_a_list: 'must be a list',
  not_a_number: 'must be a number',
  not_a_time: 'must be a time, such as 2026-11-24T12:00:00Z',
  not_a_whole_number: 'must be a whole number',
  not_above: 'must be more than {minimum}',
  not_an_email_address: 'must be an email address',
  not_a_time_zone: 'must be the name of a time zone, such as Europe/Berlin',
  not_an_object: 'must be an object',
  not_below: 'must be less than {maximum}',
  not_one_of: 'must be one of {values}',
  not_text: 'must be text',
  too_few_items: 'must have at least {minimum} items',
  too_large: 'must be at most {maximum}',
  too_long: 'must be at most {maximum} characters',
  too_many_items: 'must have at most {maximum} items',
  too_short: 'must be at least {minimum} characters',
  too_small: 'must be at least {minimum}',
  unknown_names: 'can’t include {names}',
  // Strings.
  contains_control_characters: 'can’t contain control characters',
  contains_spaces: 'can’t contain spaces',
  contains_stacked_marks: 'can’t have so many marks on one letter',
  not_a_mail_domain: 'must be an email domain, such as example.com',
  too_long_for_its_key: 'must be shorter',
  too_long_written_out: 'must be shorter when escaped',
  turns_direction: 'can’t contain characters that reverse the direction of text',
  // Ids and names.
  not_an_id: 'must be {thing} ID',
  not_an_address: 'must be an address that begins with https://',
  not_an_event_type: 'must be an event type, such as kpi.updated, kpi.* or *',
  not_a_bucket: 'must be the name of an S3 bucket without dots, such as acme-audit-log',
  not_a_region: 'must be an AWS region, such as eu-central-1',
  not_a_prefix: 'must be folders of letters, digits, - and _, such as logs/mtcms',
  not_a_delivery_role: 'must be the ARN of a role named mtcms-log-delivery…',
  not_of_this_kind: 'can’t be given with this kind',
  not_a_delivery_id: 'must be a delivery ID of twelve digits',
  not_an_entry: 'must be the time of an audit log entry, a tilde and its ID',
  not_a_check_in_id: 'must be a check-in ID',
  not_an_organization_id: 'must be an organization ID',
  not_a_user_id: 'must be a user ID',
  not_an_action: 'must be an action, such as user.removed, or a noun and a dot',
  not_an_actor: 'must be a user ID or a function, such as system:expiry',
  not_about: 'must be a team, a KPI or a user, such as team/team_1',
  not_a_resource: 'must be a resource, such as user/user_1, or a noun and a slash',
  not_a_subject: 'must be a subject, or a subject, a slash and an ID',
  unknown_subject: 'must start with one of {subjects}',
  // Times and periods.
  before_from: 'can’t be before "from"',
  before_from_or_over_a_year: 'must be on or after "from" and at most a year later',
  end_not_after_start: 'must be after "start"',
  ends_before_it_starts: 'can’t be before the start date',
  from_without_to: 'needs "to" as well',
  hour_without_days: 'can only be given with the period "day"',
  in_the_future: 'can’t be in the future',
  before_the_period: 'can’t be before {start}, the start of the KPI’s period',
  not_a_date_or_time: 'must be a date, such as 2026-11-24, or a time, such as 2026-11-24T12:00:00Z',
  out_of_years: 'must be between 2000 and 2100',
  over_days: 'must be at most {days} days after "from"',
  proof_is_whole: 'can’t be proof together with a filter',
  // Changes and lists.
  changes_nothing: 'must change something',
  names_nobody: 'must name at least one person',
  lists_nothing: 'must have at least one line',
  neither_role_nor_status: 'must have either role or status',
  too_many_at_once: 'must be at most {most}',
  too_many_domains: 'must be at most {most} domains',
  too_many_facts: 'must be at most {most} entries',
  too_many_people: 'must be at most {most} people',
  fact_name_not_plain: 'must only use letters, digits, ".", "_" and "-" in names',
  fact_name_reserved: 'can’t use the names "constructor" and "__proto__"',
  // Invitations.
  team_member_cannot_lead: 'can’t be a team member for the lead of a team',
  promotes_a_leader_only: 'can only be true for a lead',
  team_missing: 'is required to lead a team',
  // Support access.
  change_without_reason: 'is required to change data',
  // KPIs.
  too_few_sources: 'must be at least 2 KPIs',
  source_named_twice: 'can’t name a KPI twice',
  ratio_of_two: 'must be exactly 2 KPIs for a ratio',
  weight_for_each: 'must be one weight for each source of a weighted mean',
  percent_of_ratio_only: 'must be left out unless it’s a ratio',
  not_a_target: 'must be a number, or {low, high}',
  target_not_above_baseline: 'must be above the baseline',
  target_not_above_low: 'must be above "low"',
  target_not_a_band: 'must be {low, high} for a KPI with direction "between"',
  target_not_a_number: 'must be a number for a KPI with direction "{direction}"',
  target_not_below_baseline: 'must be below the baseline',
  too_close_to_zero: 'must be 0 or at least 0.000000001 in magnitude',
  // Headers.
  not_an_etag: 'must be an ETag exactly as returned, including quotation marks',
  not_an_idempotency_key: 'must be 1 to 64 visible ASCII characters',
  too_many_states: 'can’t name more than {most} states',
} as const;

export type FieldReason = keyof typeof fieldReasons;

/** The parameters of a reason's message. */
type ParamsOf<Reason extends FieldReason> = ParamsFor<(typeof fieldReasons)[Reason]>;

/** A message with its reason code. */
interface Said {
  readonly reason: FieldReason;
  readonly params: Params;
}

/** An invalid field, for one of the reasons. */
export const fieldError = <Reason extends FieldReason>(
  path: string,
  reason: Reason,
  ...[params = {}]: ParamsOf<Reason>
): FieldError => ({ path, message: filledIn(fieldReasons[reason], params), reason, params });

/**
 * Sets an issue's message and keeps its reason on the issue: zod asks for the message before it copies the
 * issue with all its properties.
 */
export function say(issue: object, { reason, params }: Said): string {
  Object.assign(issue, { said: { reason, params } });
  return filledIn(fieldReasons[reason], params);
}

/** The message of a schema or check that fails: `z.regex(pattern, orElse('not_a_user_id'))`. */
export const orElse = <Reason extends FieldReason>(
  reason: Reason,
  ...[params = {}]: ParamsOf<Reason>
): { readonly error: (issue: object) => string } => ({ error: (issue) => say(issue, { reason, params }) });

/** An invalid field as an issue that a check adds itself. */
export const issueOf = ({ path, message, ...said }: FieldError, input: unknown) => ({
  code: 'custom' as const,
  path: path.split('.'),
  message,
  input,
  said,
});

const isSaid = (value: unknown): value is Said =>
  typeof value === 'object' && value !== null && 'reason' in value && 'params' in value;

/** The reason of an issue's message. */
export const saidOf = (issue: object): Said =>
  'said' in issue && isSaid(issue.said) ? issue.said : { reason: 'invalid', params: {} };

/** A validation's errors, field by field. */
export const fieldErrorsOf = ({
  issues,
}: {
  readonly issues: readonly Pick<z.core.$ZodIssue, 'path' | 'message'>[];
}): FieldError[] =>
  issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message, ...saidOf(issue) }));
