import { Badge, Group, Paper, Text } from '@mantine/core';
import { Time } from '../../components/time.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import classes from './audit-trail.module.css';
import { OrganizationLink } from './organization-link.tsx';
import { actionOf, type Change, inWords, nameOf, sorted, subjectOf, type TrailEntry } from './words.ts';

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

/** What places an entry: its names in the trail and its filters, the ids and times of what is new, and where it came from. */
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
