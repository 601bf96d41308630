import { Badge, Group, Paper, Stack, Text } from '@mantine/core';
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import type { ShownAuditEntry } from '../../../domain/audit/audit.schema.ts';
import type { OrganizationId } from '../../../domain/ids.ts';
import { auditRoutes } from '../../../functions/http/routes/audit.routes.ts';
import { PagedList, paging } from '../../components/paged-list.tsx';
import { Empty } from '../../components/states.tsx';
import { Time } from '../../components/time.tsx';
import type { CallApi } from '../../lib/api.ts';
import { useSession } from '../../lib/session.tsx';
import classes from './audit-trail.module.css';

const refreshMilliseconds = 5000;

const trailQuery = (api: CallApi, organizationId: OrganizationId) =>
  infiniteQueryOptions({
    ...paging,
    queryKey: ['audit', organizationId],
    queryFn: ({ pageParam: cursor, signal }) =>
      api(auditRoutes.listAuditEntries, { params: { organizationId }, query: { cursor }, signal }),
    // Entries are written after the change, by the stream: look again for those that are on their way.
    refetchInterval: refreshMilliseconds,
  });

const names: Readonly<Record<string, string>> = { 'system:seed': 'Example data', unattributed: 'Unknown' };

/** Who did what, when, and what it changed; newest first. */
export function AuditTrail({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const query = useInfiniteQuery(trailQuery(api, organizationId));
  return (
    <PagedList
      query={query}
      empty={<Empty title="No entries yet">Every change is written here within seconds.</Empty>}
    >
      {(items) => (
        <ol className={classes.trail} aria-label="Audit entries">
          {items.map((entry) => (
            <li key={entry.id}>
              <Entry entry={entry} />
            </li>
          ))}
        </ol>
      )}
    </PagedList>
  );
}

/** A value as a person reads it. */
const readable = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function Entry({
  entry: { action, resource, userId, actorName, role, timestamp, changes },
}: {
  readonly entry: ShownAuditEntry;
}) {
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
          by {actorName ?? names[userId] ?? userId}
        </Text>
        <Badge variant="default" tt="none" radius="sm" size="sm">
          {role}
        </Badge>
      </Group>
      {changes.length > 0 && (
        <Stack gap={0} mt="xs">
          {changes.map(({ field, before, after }) => (
            <div key={field} className={classes.change}>
              <span className={classes.field}>{field}</span>
              {before !== undefined && <del className={classes.before}>{readable(before)}</del>}
              {after !== undefined && <ins className={classes.after}>{readable(after)}</ins>}
            </div>
          ))}
        </Stack>
      )}
    </Paper>
  );
}
