import { Anchor, Badge, Group, Paper, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { FeedAuditEntry, ShownAuditEntry } from '../../../domain/audit/audit.schema.ts';
import { Time } from '../../components/labels.tsx';
import type { Formats } from '../../text/formats.ts';
import { type Texts, useFormats, useTexts } from '../../text/language.tsx';
import classes from './audit-trail.module.css';

interface EntryProps {
  readonly entry: TrailEntry;
}

/** One entry: what was done, by whom and when, and what it changed; the rest on demand. */
export function Entry({ entry }: EntryProps) {
  const texts = useTexts();
  const { audit, common } = texts;
  const roles: Readonly<Record<string, string>> = common.roles;
  const { role, timestamp, changes, impersonatedBy } = entry;
  const { told, rest } = sorted(changes);
  const subject = subjectOf(entry);
  return (
    <Paper withBorder radius="md" p="md">
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <Group gap="0 0.5rem" style={{ flex: 1, minWidth: 0 }}>
          <Text fw={600} size="sm">
            {actionOf(entry, texts)}
          </Text>
          {subject !== undefined && (
            <Text size="sm" miw={0} style={{ overflowWrap: 'anywhere' }}>
              <bdi>{subject}</bdi>
            </Text>
          )}
        </Group>
        <Text size="sm" c="dimmed" style={{ flex: 'none' }}>
          <Time at={timestamp} />
        </Text>
      </Group>
      <Group gap="xs">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {audit.by(nameOf(entry, texts))}
        </Text>
        <Badge variant="default" tt="none" radius="sm" size="sm">
          {roles[role] ?? role}
        </Badge>
        {impersonatedBy !== undefined && <Text size="sm">{audit.actingFor(impersonatedBy)}</Text>}
        <OrganizationLink entry={entry} />
      </Group>
      <Changes changes={told} />
      <Details entry={entry} rest={rest} />
    </Paper>
  );
}

function Changes({ changes }: { readonly changes: readonly Change[] }) {
  const words = inWords(useTexts(), useFormats());
  if (changes.length === 0) return null;
  return (
    <div className={classes.changes}>
      {changes.map(({ field, before, after }) => (
        <div key={field} className={classes.change}>
          <span className={classes.field}>{words.field(field)}</span>
          {before !== undefined && <del className={classes.before}>{words.value(field, before)}</del>}
          {after !== undefined && (
            <ins className={before === undefined ? classes.given : classes.after}>
              {words.value(field, after)}
            </ins>
          )}
        </div>
      ))}
    </div>
  );
}

/**
 * What places an entry: its names in the trail and its filters, the ids and times of what is new, and where
 * it came from.
 */
function Details({ entry, rest }: EntryProps & { readonly rest: readonly Change[] }) {
  const { audit } = useTexts();
  const { moment } = useFormats();
  const { action, resource, userId, timestamp, requestId, ip, userAgent } = entry;
  const facts = [
    [audit.action, action],
    [audit.resource, resource],
    [audit.actor, userId],
    [audit.when, moment(timestamp)],
    [audit.request, requestId],
    [audit.address, ip],
    [audit.browser, userAgent],
  ] as const;
  return (
    <details className={classes.details}>
      <summary>{audit.details}</summary>
      <Changes changes={rest} />
      <div className={classes.changes}>
        {facts.map(
          ([title, value]) =>
            value !== undefined && (
              <div key={title} className={classes.change}>
                <span className={classes.field}>{title}</span>
                <span>{value}</span>
              </div>
            ),
        )}
      </div>
    </details>
  );
}

/** An entry of one organization's trail, or of the feed of all, which names the organization. */
export type TrailEntry = ShownAuditEntry & Partial<Pick<FeedAuditEntry, 'organizationName'>>;

/** Who it was, by the name that is known. */
export function nameOf({ userId, actorName }: TrailEntry, { audit }: Texts): string {
  if (actorName !== null) return actorName;
  if (userId === 'system:seed') return audit.seed;
  if (userId === 'unattributed') return audit.unattributed;
  const [kind, name] = userId.split(':');
  return kind === 'system' && name !== undefined ? audit.system(name) : userId;
}

/** To whom or what it was done, by the name that the entry has of it; undefined where it has none. */
function subjectOf({ details: { before, after } }: TrailEntry): string | undefined {
  const name = (after ?? before)?.name;
  return typeof name === 'string' ? name : undefined;
}

/** What was done, in words; an action of a legacy system by its own name. */
export const actionOf = ({ action }: TrailEntry, { trail }: Texts): string => trail.actions[action] ?? action;

const time = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
const day = /^\d{4}-\d\d-\d\d$/;
const id = /^(?:user|sess|inv|plan|run)_\w+$|^[a-z]+_[\dA-HJKMNP-TV-Z]{26}$/;

export type Change = ShownAuditEntry['changes'][number];

/**
 * A field by its name, and what stands in it before and after: words, times, dates and numbers as the
 * reader's language has them.
 */
function inWords({ trail }: Texts, { moment, date, number }: Formats) {
  return {
    field: (path: string) =>
      path
        .split('.')
        .map((name) => trail.fields[name] ?? name)
        .join(' · '),
    value(path: string, value: unknown): string {
      if (typeof value === 'number') return number(value);
      if (typeof value !== 'string') return JSON.stringify(value);
      // Where no words are known a text is what somebody wrote.
      const words = trail.values[path.split('.').at(-1) ?? ''];
      if (words !== undefined) return words[value] ?? value;
      if (time.test(value)) return moment(value);
      return day.test(value) ? date(value) : value;
    },
  };
}

/** Whether there is nothing in a value: a list or record without content. */
const isBlank = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

const isName = (value: unknown): boolean => typeof value === 'string' && (time.test(value) || id.test(value));

/**
 * What an entry says at first sight, and what only to who looks closer: of something new or gone, the ids and
 * times that place it, which say again what stands above.
 */
function sorted(changes: readonly Change[]): { readonly told: Change[]; readonly rest: Change[] } {
  const some = changes.filter(({ before, after }) => before !== undefined || !isBlank(after));
  const isAside = ({ before, after }: Change) =>
    (before === undefined && isName(after)) || (after === undefined && isName(before));
  return { told: some.filter((change) => !isAside(change)), rest: some.filter(isAside) };
}

/** The way to the organization of an entry, where entries of several stand together. */
export function OrganizationLink({
  entry: { organizationId, organizationName },
}: {
  readonly entry: TrailEntry;
}) {
  if (organizationName === undefined || organizationName === null) return null;
  return (
    <Anchor component={Link} to={`/admin/organizations/${organizationId}`} size="sm" underline="always">
      <bdi>{organizationName}</bdi>
    </Anchor>
  );
}
