import { Anchor, Badge, Group, Paper, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ShownAuditEntry } from '../../../domain/audit/audit.schema.ts';
import { PLATFORM } from '../../../domain/ids.ts';
import { Time } from '../../components/time.tsx';
import type { Texts } from '../../text/english.ts';
import { useTexts } from '../../text/language.tsx';
import classes from './audit-trail.module.css';

/** Who it was, by the name that is known. */
export function nameOf({ userId, actorName }: ShownAuditEntry, { audit }: Texts): string {
  if (actorName !== null) return actorName;
  if (userId === 'system:seed') return audit.seed;
  if (userId === 'unattributed') return audit.unattributed;
  const [kind, name] = userId.split(':');
  return kind === 'system' && name !== undefined ? audit.system(name) : userId;
}

/** A value as a person reads it. */
const readable = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Whether there is nothing in a value: a list or record without content. */
const isBlank = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

interface EntryProps {
  readonly entry: ShownAuditEntry;
  /** Whether the organization is named: where entries of several stand together. */
  readonly withOrganization?: boolean;
}

/** One entry: what was done to what, by whom and when, and what it changed. */
export function Entry({ entry, withOrganization = false }: EntryProps) {
  const texts = useTexts();
  const { audit, common } = texts;
  const roles: Readonly<Record<string, string>> = common.roles;
  const { action, resource, role, timestamp, changes, impersonatedBy, organizationId } = entry;
  return (
    <Paper withBorder radius="md" p="md">
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <Text fw={600} ff="monospace" size="sm">
            {action}
          </Text>
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {resource}
          </Text>
        </Group>
        <Text size="sm" c="dimmed">
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
        {withOrganization && organizationId !== PLATFORM && (
          <Anchor component={Link} to={`/admin/organizations/${organizationId}`} size="sm" underline="always">
            {audit.organization}
          </Anchor>
        )}
      </Group>
      <Changes changes={changes} />
      <Origin entry={entry} />
    </Paper>
  );
}

function Changes({ changes }: Pick<ShownAuditEntry, 'changes'>) {
  const told = changes.filter(({ before, after }) => before !== undefined || !isBlank(after));
  if (told.length === 0) return null;
  return (
    <Stack gap={0} mt="xs">
      {told.map(({ field, before, after }) => (
        <div key={field} className={classes.change}>
          <span className={classes.field}>{field}</span>
          {before !== undefined && <del className={classes.before}>{readable(before)}</del>}
          {after !== undefined && <ins className={classes.after}>{readable(after)}</ins>}
        </div>
      ))}
    </Stack>
  );
}

function Origin({ entry: { requestId, ip, userAgent } }: EntryProps) {
  const { audit } = useTexts();
  if (requestId === undefined) return null;
  return (
    <details className={classes.origin}>
      <summary>{audit.details}</summary>
      <Text size="xs" style={{ overflowWrap: 'anywhere' }}>
        {audit.request} {requestId}
        {ip !== undefined && ` · ${audit.address} ${ip}`}
        {userAgent !== undefined && ` · ${audit.browser} ${userAgent}`}
      </Text>
    </details>
  );
}
