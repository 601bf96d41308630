import { Anchor, Group, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { OrganizationId } from '../../../domain/ids.ts';
import { TeamLink } from '../../components/links.tsx';
import { Section } from '../../components/page.tsx';
import { Failed, Loading } from '../../components/states.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { teamsQuery } from './queries.ts';

const most = 6;

/** The first teams with their size, and whether each has a lead. */
export function TeamsAtAGlance({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const { teams, home } = useTexts();
  const query = useInfiniteQuery(teamsQuery(api, organizationId));
  const address = `/organizations/${organizationId}/teams`;
  const items = query.data?.pages.flatMap((page) => page.items);
  return (
    <Section id="teams" title={teams.teams}>
      {query.isError && items === undefined && (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isPending && <Loading rows={3} />}
      {items?.length === 0 && (
        <Text size="sm" c="dimmed">
          {teams.noTeamsAdmin}
        </Text>
      )}
      {items?.slice(0, most).map(({ id, name, memberCount, leaderId, leaderName = '' }) => (
        <Group key={id} justify="space-between" gap="xs" wrap="nowrap">
          <TeamLink organizationId={organizationId} teamId={id} name={name} fw={500} />
          <Text size="sm" c="dimmed" truncate flex="none" maw="60%">
            {teams.memberCount(memberCount)} ·{' '}
            <bdi>{leaderId === undefined ? teams.noLeader : leaderName}</bdi>
          </Text>
        </Group>
      ))}
      <Anchor component={Link} to={address} size="sm" w="fit-content">
        {home.allTeams}
      </Anchor>
    </Section>
  );
}
