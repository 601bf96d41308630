import { Anchor, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ListedOrganization } from '../../../domain/organization/organization.schema.ts';
import { StandingBadge } from '../../components/badges.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { useSession } from '../../lib/session.tsx';
import { type Standing, standingOf } from '../../lib/standing.ts';
import type { Formats } from '../../text/formats.ts';
import { useFormats } from '../../text/language.tsx';
import { overviewQuery } from './queries.ts';

const sum = (items: readonly ListedOrganization[], count: (item: ListedOrganization) => number) =>
  items.reduce((total, item) => total + count(item), 0);

const Figure = ({ title, value, hint }: { title: string; value: number; hint: string }) => (
  <Paper withBorder radius="md" p="md">
    <Text size="sm" c="dimmed">
      {title}
    </Text>
    <Text fz={30} fw={700} lh={1.2} style={{ fontVariantNumeric: 'tabular-nums' }}>
      {value.toLocaleString()}
    </Text>
    <Text size="sm" c="dimmed">
      {hint}
    </Text>
  </Paper>
);

const attention: readonly Standing[] = ['expired', 'ending', 'suspended', 'onboarding'];

function why(
  { subscription, counts, inactiveReason }: ListedOrganization,
  standing: Standing,
  { date }: Formats,
): string {
  const { endDate } = subscription;
  if (standing === 'suspended') return inactiveReason ?? 'Suspended';
  if (standing === 'onboarding')
    return counts.pendingInvitations > 0 ? 'The first admin hasn’t accepted yet' : 'Nobody is invited';
  const on = endDate === undefined ? '' : date(endDate);
  return standing === 'expired' ? `Plan ended on ${on}` : `Plan ends on ${on}`;
}

/** The platform at one look: how many, how they are, and who needs something. */
export function Figures() {
  const { api } = useSession();
  const query = useQuery(overviewQuery(api));
  return (
    <QueryView query={query} rows={3}>
      {({ items, nextCursor }) => {
        const now = new Date();
        const judged = items.map((item) => ({ item, standing: standingOf(item, now) }));
        const count = (...standings: Standing[]) =>
          judged.filter(({ standing }) => standings.includes(standing)).length;
        const needy = judged
          .filter(({ standing }) => attention.includes(standing))
          .sort((a, b) => attention.indexOf(a.standing) - attention.indexOf(b.standing));
        return (
          <Stack gap="lg">
            <SimpleGrid cols={{ base: 2, md: 4 }}>
              <Figure
                title="Organizations"
                value={items.length}
                hint={nextCursor === null ? 'All customers' : 'The first hundred'}
              />
              <Figure
                title="Served"
                value={count('active', 'ending', 'onboarding')}
                hint={`${count('suspended', 'expired')} closed`}
              />
              <Figure
                title="Users"
                value={sum(items, ({ counts }) => counts.users)}
                hint="In all organizations"
              />
              <Figure
                title="Open invitations"
                value={sum(items, ({ counts }) => counts.pendingInvitations)}
                hint="Not accepted yet"
              />
            </SimpleGrid>
            {needy.length > 0 && <NeedsAttention needy={needy} />}
          </Stack>
        );
      }}
    </QueryView>
  );
}

function NeedsAttention({
  needy,
}: {
  readonly needy: readonly { readonly item: ListedOrganization; readonly standing: Standing }[];
}) {
  const formats = useFormats();
  return (
    <Paper withBorder radius="md" p="md" component="section" aria-labelledby="attention">
      <Stack gap="sm">
        <Title order={2} size="h4" id="attention">
          Needs attention
        </Title>
        {needy.map(({ item, standing }) => (
          <Stack key={item.id} gap={2}>
            <Anchor component={Link} to={`/admin/organizations/${item.id}`} fw={500} w="fit-content">
              {item.name}
            </Anchor>
            <Text size="sm" c="dimmed" component="div">
              <StandingBadge standing={standing} /> {why(item, standing, formats)}
            </Text>
          </Stack>
        ))}
      </Stack>
    </Paper>
  );
}
