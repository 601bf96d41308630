import { Group, Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { type OrganizationId, TeamId } from '../../../domain/ids.ts';
import type { User } from '../../../domain/user/profile.schema.ts';
import { initiativeRoutes } from '../../../functions/http/initiative/routes.ts';
import { Day } from '../../components/labels.tsx';
import { KpiLink } from '../../components/links.tsx';
import { Section } from '../../components/page.tsx';
import { Failed, Loading } from '../../components/states.tsx';
import type { CallApi } from '../../lib/api.ts';
import { useMay } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import classes from './person.module.css';

const mostInitiatives = 100;

/** There is no list by owner, so at most this many teams are queried. */
const mostTeams = 10;

const initiativesOfTeamQuery = (api: CallApi, organizationId: OrganizationId, teamId: TeamId) => ({
  queryKey: ['initiatives', organizationId, 'of-person', teamId],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    api(initiativeRoutes.listTeamInitiatives, {
      params: { organizationId, teamId },
      query: { limit: mostInitiatives },
      signal,
    }),
});

/** The initiatives that a person owns in their teams, as far as the user may see them. */
export function PersonInitiatives({ user }: { readonly user: User }) {
  const { api } = useSession();
  const { people, initiatives } = useTexts();
  const { organizationId, userId, teams } = user;
  const may = useMay(organizationId);
  const ids = Object.keys(teams).flatMap((id) => TeamId.safeParse(id).data ?? []);
  const visible = ids.filter((teamId) => may('list', 'Initiative', { teamId })).slice(0, mostTeams);
  const { items, error, isPending } = useQueries({
    queries: visible.map((teamId) => initiativesOfTeamQuery(api, organizationId, teamId)),
    combine: (answers) => ({
      items: answers.flatMap(({ data }) => data?.items ?? []).filter(({ ownerId }) => ownerId === userId),
      error: answers.find((answer) => answer.error !== null)?.error ?? null,
      isPending: answers.some((answer) => answer.isPending),
    }),
  });
  if (visible.length === 0) return null;
  return (
    <Section id="initiatives" title={people.profile.initiatives}>
      {isPending && <Loading rows={1} />}
      {error !== null && <Failed error={error} />}
      {!isPending && error === null && items.length === 0 && (
        <Text size="sm" c="dimmed">
          {people.profile.noInitiatives}
        </Text>
      )}
      {items.length > 0 && (
        <ul className={classes.lines} aria-label={people.profile.initiatives}>
          {items.map(({ id, title, kpiId, kpiName, status, dueDate }) => (
            <Group key={id} component="li" justify="space-between" gap="md" wrap="nowrap">
              <Text size="sm" miw={0} truncate title={title} component="div">
                <bdi>{title}</bdi>{' '}
                <KpiLink organizationId={organizationId} kpiId={kpiId} name={kpiName} c="dimmed" />
              </Text>
              <Text size="sm" c="dimmed" flex="none">
                {initiatives.statuses[status]} · <Day at={dueDate} />
              </Text>
            </Group>
          ))}
        </ul>
      )}
    </Section>
  );
}
