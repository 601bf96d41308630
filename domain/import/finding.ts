import type { LegacyTable } from './document.ts';

/**
 * What a finding requires: nothing (`note`), a look (`warning`), a decision in the mapping file before
 * anything is written (`undecided`), or the knowledge that something was put into the quarantine file
 * (`set-aside`).
 */
export type FindingLevel = 'note' | 'warning' | 'undecided' | 'set-aside';

const kind = (level: FindingLevel, means: string, does: string) => ({ level, means, does });

/** Everything the importer can find, and what it does about it. docs/import.md lists the same. */
export const findingKinds = {
  'line-unreadable': kind(
    'set-aside',
    'The line isn’t a JSON object, or is nested too deeply.',
    'keeps the line in the quarantine file',
  ),
  'id-missing': kind(
    'set-aside',
    'The document has no `_id`, or one that isn’t a short text.',
    'keeps it in the quarantine file',
  ),
  'document-twice': kind(
    'set-aside',
    'Another line has the same `_id`.',
    'keeps the later one in the quarantine file',
  ),
  'document-invalid': kind(
    'set-aside',
    'A required field is missing or can’t be used.',
    'keeps it in the quarantine file',
  ),
  'document-too-large': kind(
    'set-aside',
    'It is larger than an item of the table can be.',
    'keeps it in the quarantine file',
  ),
  'set-aside-by-mapping': kind('set-aside', 'The mapping sets it aside.', 'keeps it in the quarantine file'),
  'organization-not-imported': kind(
    'set-aside',
    'Its organization isn’t imported.',
    'keeps it in the quarantine file',
  ),
  'super-admin': kind(
    'set-aside',
    'It is a super admin of the platform.',
    'keeps it in the quarantine file unless the mapping names an organization: no file can grant this role',
  ),
  'user-again': kind(
    'set-aside',
    'The same user is on another line.',
    'keeps the later one in the quarantine file',
  ),
  'member-over-limit': kind(
    'set-aside',
    'The team is full, or the person is already in as many teams as possible.',
    'leaves the member out of the team, keeps the entry in the quarantine file',
  ),
  'member-again': kind(
    'set-aside',
    'A member is listed twice.',
    'takes the first, keeps the later entry in the quarantine file',
  ),
  'member-unknown': kind(
    'set-aside',
    'A member of the team isn’t a user of its organization.',
    'leaves the member out of the team, keeps the entry in the quarantine file',
  ),
  'leader-unknown': kind(
    'set-aside',
    '`leaderId` isn’t a user of the organization.',
    'keeps the field in the quarantine file',
  ),
  'text-unusable': kind(
    'set-aside',
    'A field isn’t a text, is too long, or has characters that aren’t allowed.',
    'leaves it out, and keeps it in the quarantine file',
  ),
  'text-cleaned': kind(
    'set-aside',
    'A text has invisible characters.',
    'imports it without them, and keeps the original in the quarantine file',
  ),
  'fields-kept': kind(
    'set-aside',
    'The document has fields that the product doesn’t have.',
    'keeps the fields in the quarantine file',
  ),

  'name-unusable': kind(
    'undecided',
    'The name is missing, too long, or has characters that aren’t allowed.',
    'needs `organizationNames`, `teamNames` or `setAside`',
  ),
  'team-name-taken': kind(
    'undecided',
    'Another team of the organization has this name.',
    'needs `teamNames` or `setAside`',
  ),
  'name-taken': kind(
    'undecided',
    'Another organization has this name.',
    'needs `organizations`, `organizationNames` or `setAside`',
  ),
  'plan-unknown': kind('undecided', 'There is no plan with this name.', 'needs `plans`'),
  'organization-missing': kind(
    'undecided',
    'It doesn’t belong to an organization.',
    'needs `teams`, `users` or `setAside`',
  ),
  'organization-unknown': kind(
    'undecided',
    'The organization it names is in neither the export nor the mapping.',
    'needs `organizations`, `teams`, `users` or `setAside`',
  ),
  'target-missing': kind(
    'undecided',
    'The organization named in the mapping doesn’t exist.',
    'needs another ID in the mapping',
  ),
  'user-in-two-organizations': kind(
    'undecided',
    'The same user is in another organization, in the export or in the product.',
    'needs `users` or `setAside`: a user can be in one organization',
  ),
  'email-taken': kind(
    'undecided',
    'Another user or a pending invitation of the organization has this email address.',
    'needs `setAside` for one of them',
  ),

  'plan-missing': kind('warning', 'The organization has no plan.', 'puts it on the starter plan'),
  'contact-incomplete': kind(
    'warning',
    'The contact is missing or incomplete.',
    'leaves the missing parts empty',
  ),
  'status-unknown': kind(
    'warning',
    'The status is neither active nor inactive.',
    'imports it as inactive until a super admin reactivates it; keeps the value in the quarantine file',
  ),
  'date-unreadable': kind(
    'warning',
    'A date or time can’t be read, doesn’t exist, or is outside the years 2000 to 2100.',
    'treats it as missing; keeps the value in the quarantine file',
  ),
  'role-unknown': kind(
    'warning',
    'The product doesn’t have this role.',
    'uses the lowest role, team_member, or member of the team; keeps the value in the quarantine file',
  ),
  'leader-without-role': kind(
    'warning',
    'The lead of a team only has the role team_member.',
    'imports them as a member of the team: only a team_leader or an org_admin can lead it',
  ),
  'leader-one-of-several': kind(
    'warning',
    'A team has several leads or admins, but can only have one lead.',
    'uses `leaderId`, otherwise the first; imports the others as members',
  ),
  'leader-not-a-member': kind('warning', '`leaderId` isn’t among the members.', 'adds them to the team'),
  'no-admin': kind('warning', 'The organization has no org_admin.', 'imports it; invite an admin afterwards'),
  'details-as-text': kind(
    'warning',
    'The details of an audit log contain something that the table can’t store as it is.',
    'stores the details as JSON text',
  ),
  'over-plan': kind(
    'warning',
    'The organization exceeds its plan.',
    'imports everything; nothing can be added until the plan is changed',
  ),
  'mapping-unused': kind('warning', 'The mapping names something that isn’t in the export.', 'ignores it'),

  'organization-mapped': kind(
    'note',
    'The mapping names the organization in the product.',
    'doesn’t create an organization',
  ),
  renamed: kind(
    'note',
    'The mapping gives the organization or team another name.',
    'uses that name, keeps the legacy one in the quarantine file',
  ),
  'placed-by-mapping': kind('note', 'The mapping names the organization it belongs to.', 'imports it there'),
  'super-admin-demoted': kind(
    'note',
    'The mapping puts a super admin into an organization.',
    'makes them org_admin there',
  ),
  'user-there': kind('note', 'The organization already has this user.', 'leaves the user unchanged'),
  'role-mapped': kind('note', 'A member has the legacy team role admin.', 'makes them the lead'),
  'name-missing': kind(
    'note',
    'The user has no name that can be used.',
    'uses the email address as the name',
  ),
  'joined-missing': kind('note', 'A member has no joinedAt.', 'uses the time the team was created'),
  'created-missing': kind('note', 'createdAt is missing or isn’t a time.', 'uses `_creationTime`'),
  'time-missing': kind(
    'note',
    'The time of an audit log is missing or isn’t a time.',
    'uses `_creationTime`',
  ),
  'time-in-seconds': kind(
    'note',
    'A time is in seconds since 1970, not milliseconds.',
    'reads it as seconds',
  ),
  'resource-missing': kind('note', 'An audit log has no resource that can be used.', 'uses `unknown`'),
  'log-of-no-organization': kind(
    'note',
    'An audit log names no organization, or one that isn’t in the export.',
    'puts it into the platform’s audit log, which only super admins can read',
  ),
} as const satisfies Record<string, ReturnType<typeof kind>>;

export type FindingKind = keyof typeof findingKinds;

/** One finding, with its location and (in `detail`) the value concerned. */
export interface Finding {
  readonly kind: FindingKind;
  readonly table: LegacyTable | 'mapping';
  /** The legacy `_id`, or '' if there is none. */
  readonly id: string;
  /** The line in the table's file, from 1; 0 if it isn't about a line. */
  readonly line: number;
  readonly detail?: string;
}
