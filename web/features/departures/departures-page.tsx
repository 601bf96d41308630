import { Anchor, Group, Paper, Stack, Text } from '@mantine/core';
import IconDoorExit from '@tabler/icons-react/icons/IconDoorExit';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Departure } from '../../../domain/departure/departure.schema.ts';
import { Day } from '../../components/labels.tsx';
import { Page } from '../../components/page.tsx';
import { PagedList } from '../../components/query-view.tsx';
import { Empty } from '../../components/states.tsx';
import { StatusBadge, type Tone } from '../../components/status-badge.tsx';
import { usePolling } from '../../lib/polling.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { departuresQuery } from './queries.ts';

const tones: Readonly<Record<Departure['stage'], Tone>> = {
  grace: 'warning',
  deleting: 'bad',
  deleted: 'neutral',
  undone: 'good',
};

/** The stage of a departure. */
export const StageBadge = ({ stage }: Pick<Departure, 'stage'>) => (
  <StatusBadge tone={tones[stage]}>{useTexts().departures.stages[stage]}</StatusBadge>
);

/** Organizations that are leaving or have left, for the super admin. */
export function DeparturesPage() {
  const { api } = useSession();
  const { departures } = useTexts();
  const query = useInfiniteQuery({ ...departuresQuery(api), ...usePolling() });
  return (
    <Page title={departures.title} description={departures.text}>
      <PagedList
        query={query}
        empty={
          <Empty title={departures.none} icon={IconDoorExit}>
            {departures.noneText}
          </Empty>
        }
      >
        {(all) => (
          <Stack
            gap="sm"
            component="ul"
            p={0}
            m={0}
            style={{ listStyle: 'none' }}
            aria-label={departures.title}
          >
            {all.map((departure) => (
              <li key={departure.organizationId}>
                <Row departure={departure} />
              </li>
            ))}
          </Stack>
        )}
      </PagedList>
    </Page>
  );
}

function Row({ departure }: { readonly departure: Departure }) {
  const { departures } = useTexts();
  const { organizationId, name, stage, frozenAt, deletionFrom } = departure;
  return (
    <Paper withBorder radius="md" p="md">
      <Group justify="space-between" gap="sm">
        <Anchor
          component={Link}
          to={`/admin/departures/${organizationId}`}
          fw={500}
          style={{ overflowWrap: 'anywhere' }}
        >
          <bdi>{name}</bdi>
        </Anchor>
        <StageBadge stage={stage} />
      </Group>
      <Text size="sm" c="dimmed">
        {departures.frozen}: <Day at={frozenAt} /> · {departures.deletion}: <Day at={deletionFrom} />
      </Text>
    </Paper>
  );
}
