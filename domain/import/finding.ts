import type { LegacyTable } from './document.ts';

/**
 * How much a finding asks of a person: nothing (`note`), a look (`warning`), a decision in the mapping file
 * before anything is written (`undecided`), or to know that something was kept in the quarantine file
 * (`set-aside`).
 */
export type FindingLevel = 'note' | 'warning' | 'undecided' | 'set-aside';

const kind = (level: FindingLevel, means: string, does: string) => ({ level, means, does });

/** Everything the importer can find, and what it does about it. docs/import.md lists the same. */
export const findingKinds = {
  'line-unreadable': kind(
    'set-aside',
    'The line is no JSON object, or is nested beyond reason.',
    'keeps the line in the quarantine file',
  ),
  'id-missing': kind(
    'set-aside',
    'The document has no `_id`, or one that is no short text.',
    'keeps it in the quarantine file',
  ),
  'document-twice': kind(
    'set-aside',
    'Another line has the same `_id`.',
    'keeps the later one in the quarantine file',
  ),
  'document-invalid': kind(
    'set-aside',
    'A field that is needed is missing or unusable.',
    'keeps it in the quarantine file',
  ),
  'document-too-large': kind(
    'set-aside',
    'It is larger than one item of the table may be.',
    'keeps it in the quarantine file',
  ),
  'set-aside-by-mapping': kind('set-aside', 'The mapping sets it aside.', 'keeps it in the quarantine file'),
  'organization-not-imported': kind(
    'set-aside',
    'Its organization is not imported.',
    'keeps it in the quarantine file',
  ),
  'super-admin': kind(
    'set-aside',
    'It is a super admin of the platform.',
    'grants nothing by a file: keeps it in the quarantine file, unless the mapping gives an organization',
  ),
  'user-again': kind(
    'set-aside',
    'The same user is on another line.',
    'keeps the later one in the quarantine file',
  ),
  'member-over-limit': kind(
    'set-aside',
    'The team is full, or the person is in as many teams as there may be.',
    'leaves the member out of the team, keeps the entry in the quarantine file',
  ),
  'member-again': kind(
    'set-aside',
    'A member is listed twice.',
    'takes the first, keeps the later entry in the quarantine file',
  ),
  'member-unknown': kind(
    'set-aside',
    'A member of the team is no user of its organization.',
    'leaves the member out of the team, keeps the entry in the quarantine file',
  ),
  'leader-unknown': kind(
    'set-aside',
    '`leaderId` is no user of the organization.',
    'keeps the field in the quarantine file',
  ),
  'text-unusable': kind(
    'set-aside',
    'A field holds no text, too long a text, or one with characters that are not allowed.',
    'leaves it out, and keeps it in the quarantine file',
  ),
  'text-cleaned': kind(
    'set-aside',
    'A text has invisible characters.',
    'takes it without them, and keeps it as it was in the quarantine file',
  ),
  'fields-kept': kind(
    'set-aside',
    'The document has fields that the product has no place for.',
    'keeps the fields in the quarantine file',
  ),

  'name-unusable': kind(
    'undecided',
    'The name is missing, too long, or has characters that are not allowed.',
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
  'plan-unknown': kind('undecided', 'The catalogue has no plan of this name.', 'needs `plans`'),
  'organization-missing': kind(
    'undecided',
    'It belongs to no organization.',
    'needs `teams`, `users` or `setAside`',
  ),
  'organization-unknown': kind(
    'undecided',
    'The organization it names is in neither the export nor the mapping.',
    'needs `organizations`, `teams`, `users` or `setAside`',
  ),
  'target-missing': kind(
    'undecided',
    'The organization that the mapping names does not exist.',
    'needs another id in the mapping',
  ),
  'user-in-two-organizations': kind(
    'undecided',
    'The same user is in another organization, of the export or of the product.',
    'needs `users` or `setAside`: a user is in one organization',
  ),
  'email-taken': kind(
    'undecided',
    'Another user or an open invitation of the organization has this address.',
    'needs `setAside` for one of them',
  ),

  'plan-missing': kind('warning', 'The organization has no subscription.', 'puts it on the plan starter'),
  'contact-incomplete': kind(
    'warning',
    'The contact person is missing or incomplete.',
    'leaves blank what is missing',
  ),
  'status-unknown': kind(
    'warning',
    'The status is neither active nor inactive.',
    'imports it as inactive, until the platform reactivates it; keeps the value in the quarantine file',
  ),
  'date-unreadable': kind(
    'warning',
    'A date or time cannot be read, is no day of the calendar, or is outside the years 2000 to 2100.',
    'does as if it were missing; keeps the value in the quarantine file',
  ),
  'role-unknown': kind(
    'warning',
    'The role is none that the product knows.',
    'gives the least: team_member, or member of the team; keeps the value in the quarantine file',
  ),
  'leader-without-role': kind(
    'warning',
    'Somebody leads a team whose own role is only team_member.',
    'imports them as a member of the team: only a team_leader or an org_admin can lead one',
  ),
  'leader-one-of-several': kind(
    'warning',
    'A team has several leaders or admins, and can have one leader.',
    'takes `leaderId`, else the first; imports the others as members',
  ),
  'leader-not-a-member': kind('warning', '`leaderId` is not among the members.', 'adds them to the team'),
  'no-admin': kind(
    'warning',
    'Nobody in the organization is org_admin.',
    'imports it; invite an admin afterwards',
  ),
  'details-as-text': kind(
    'warning',
    'The details of an audit log hold something that the table can’t keep as it is.',
    'keeps the details as their JSON text',
  ),
  'over-plan': kind(
    'warning',
    'The organization has more than its plan allows.',
    'imports all of it; nothing can be added until the plan is changed',
  ),
  'mapping-unused': kind(
    'warning',
    'The mapping names something that is not in the export.',
    'does nothing about it',
  ),

  'organization-mapped': kind(
    'note',
    'The mapping says which organization of the product this is.',
    'writes no organization',
  ),
  renamed: kind(
    'note',
    'The mapping gives the organization or team another name.',
    'takes that name, keeps the legacy one in the quarantine file',
  ),
  'placed-by-mapping': kind('note', 'The mapping says which organization it belongs to.', 'imports it there'),
  'super-admin-demoted': kind(
    'note',
    'A super admin whom the mapping puts into an organization.',
    'makes them org_admin there',
  ),
  'user-there': kind('note', 'The organization has this user already.', 'leaves the user as they are there'),
  'role-mapped': kind('note', 'The legacy role admin of a team.', 'takes it as leader'),
  'name-missing': kind('note', 'The user has no name that can be used.', 'takes the email address as name'),
  'joined-missing': kind('note', 'A member has no joinedAt.', 'takes the time the team was created'),
  'created-missing': kind('note', 'createdAt is missing or no time.', 'takes `_creationTime`'),
  'time-missing': kind('note', 'The time of an audit log is missing or no time.', 'takes `_creationTime`'),
  'time-in-seconds': kind(
    'note',
    'A time counts seconds since 1970, not milliseconds.',
    'reads it as seconds',
  ),
  'resource-missing': kind('note', 'An audit log has no resource that can be used.', 'calls it `unknown`'),
  'log-of-no-organization': kind(
    'note',
    'An audit log names no organization, or one that is not in the export.',
    "puts it into the platform's trail, where only super admins read it",
  ),
} as const satisfies Record<string, ReturnType<typeof kind>>;

export type FindingKind = keyof typeof findingKinds;

/** One thing found, where it is, and (in `detail`) which value it is about. */
export interface Finding {
  readonly kind: FindingKind;
  readonly table: LegacyTable | 'mapping';
  /** Legacy `_id`, or '' when there is none. */
  readonly id: string;
  /** Line of the table's file, from 1; 0 when it is about no line. */
  readonly line: number;
  readonly detail?: string;
}
