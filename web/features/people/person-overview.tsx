import { Group, Stack, Text, Tooltip } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { type OrganizationId, TeamId } from '../../../domain/ids.ts';
import type { Kpi } from '../../../domain/kpi/kpi.schema.ts';
import type { User } from '../../../domain/user/profile.schema.ts';
import { initiativeRoutes } from '../../../functions/http/initiative/routes.ts';
import { KpiLatest, KpiStatusBadge } from '../../components/kpi.tsx';
import { Day } from '../../components/labels.tsx';
import { KpiLink, TeamLink } from '../../components/links.tsx';
import { Section } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Empty, Failed, Loading } from '../../components/states.tsx';
import type { Column } from '../../components/table/column.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import type { CallApi } from '../../lib/api.ts';
import { useMay } from '../../lib/member.tsx';
import { initiativesKey } from '../../lib/queries.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import classes from './person.module.css';
import { InvitationsSent, SignIns } from './person-trail.tsx';
import { kpisOfPersonQuery } from './queries.ts';
import { useTeamNames } from './user-columns.tsx';
import { Copied, LastActive, SecondFactor } from './user-labels.tsx';

interface Props {
  readonly user: User;
}

/** A person at a glance. */
export function PersonOverview({ user }: Props) {
  const mayReadTrail = useMay(user.organizationId)('list', 'AuditEntry');
  return (
    <div className={classes.overview}>
      <Stack gap="md" miw={0}>
        <PersonKpis user={user} />
        <PersonInitiatives user={user} />
        {mayReadTrail && <SignIns user={user} />}
      </Stack>
      <Stack gap="md" miw={0}>
        <Details user={user} />
        <Teams user={user} />
        {mayReadTrail && <InvitationsSent user={user} />}
      </Stack>
    </div>
  );
}

function Fact({ title, children }: { readonly title: ReactNode; readonly children: ReactNode }) {
  return (
    <Group justify="space-between" gap="md" wrap="nowrap">
      <Text size="sm" c="dimmed" component="dt" flex="none">
        {title}
      </Text>
      <Text size="sm" component="dd" m={0} ta="right" miw={0} style={{ overflowWrap: 'anywhere' }}>
        {children}
      </Text>
    </Group>
  );
}

function Details({ user }: Props) {
  const { people } = useTexts();
  const { profile } = people;
  const { createdAt, lastActiveOn, twoFactor, userId } = user;
  return (
    <Section id="details" title={profile.details}>
      <Stack gap={6} component="dl" m={0}>
        <Fact title={people.joined}>
          <Day at={createdAt} />
        </Fact>
        {lastActiveOn !== undefined && (
          <Fact
            title={
              <Tooltip label={profile.lastActiveHint}>
                <span>{profile.lastActive}</span>
              </Tooltip>
            }
          >
            <LastActive day={lastActiveOn} />
          </Fact>
        )}
        {twoFactor !== undefined && (
          <Fact title={profile.twoFactor}>
            <SecondFactor user={user} />
          </Fact>
        )}
        <Fact title={profile.userId}>
          <Copied what={profile.userId} text={userId} />
        </Fact>
      </Stack>
    </Section>
  );
}

function Teams({ user: { organizationId, teams: memberships } }: Props) {
  const { people, teams } = useTexts();
  const names = useTeamNames(organizationId);
  const ids = Object.entries(memberships);
  const known = ids.flatMap(([id, role]) => (names.has(id) ? [{ id, role, name: names.get(id) ?? '' }] : []));
  const others = ids.length - known.length;
  return (
    <Section id="teams" title={people.teams}>
      {ids.length === 0 && (
        <Text size="sm" c="dimmed">
          {people.profile.noTeams}
        </Text>
      )}
      {known.map(({ id, role, name }) => (
        <Group key={id} justify="space-between" gap="md" wrap="nowrap">
          <TeamLink organizationId={organizationId} teamId={id} name={name} />
          <Text size="sm" c="dimmed" flex="none">
            {teams.roles[role]}
          </Text>
        </Group>
      ))}
      {others > 0 && (
        <Text size="sm" c="dimmed">
          {people.profile.otherTeams(others)}
        </Text>
      )}
    </Section>
  );
}

const keyOf = ({ id }: Kpi) => id;
const hrefOf = ({ organizationId, id }: Kpi) => `/organizations/${organizationId}/kpis/${id}`;

/** The KPIs that a person owns or reports on, as far as the user may see them. */
function PersonKpis({ user }: { readonly user: User }) {
  const { api } = useSession();
  const { profile } = useTexts().people;
  const { organizationId, userId } = user;
  const columns = useColumns(userId);
  const query = useQuery(kpisOfPersonQuery(api, organizationId, userId));
  return (
    <Section id="kpis" title={profile.kpis}>
      <QueryView query={query} rows={3}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={profile.noKpis}>{profile.noKpisText}</Empty>
          ) : (
            <DataTable label={profile.kpis} columns={columns} items={items} keyOf={keyOf} hrefOf={hrefOf} />
          )
        }
      </QueryView>
    </Section>
  );
}

function useColumns(userId: string): readonly Column<Kpi>[] {
  const { people, kpis } = useTexts();
  return useMemo(() => {
    const { profile } = people;
    const involvement = ({ owner }: Kpi) =>
      owner.kind === 'user' && owner.userId === userId ? profile.owner : profile.reports;
    return [
      {
        id: 'name',
        title: profile.kpi,
        cell: ({ name }) => <bdi>{name}</bdi>,
        text: ({ name }) => name,
        sort: ({ name }) => name,
      },
      {
        id: 'status',
        title: people.status,
        width: 130,
        cell: ({ status }) => <KpiStatusBadge status={status} />,
        text: ({ status }) => kpis.statuses[status],
        sort: ({ status }) => kpis.statuses[status],
      },
      { id: 'involvement', title: profile.involvement, width: 130, cell: involvement, sort: involvement },
      { id: 'latest', title: profile.latest, width: 190, cell: (kpi) => <KpiLatest kpi={kpi} /> },
    ];
  }, [people, kpis, userId]);
}

const mostInitiatives = 100;

/** There is no list by owner, so at most this many teams are queried. */
const mostTeams = 10;

const initiativesOfTeamQuery = (api: CallApi, organizationId: OrganizationId, teamId: TeamId) => ({
  queryKey: [...initiativesKey(organizationId), 'of-person', teamId],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    api(initiativeRoutes.listTeamInitiatives, {
      params: { organizationId, teamId },
      query: { limit: mostInitiatives },
      signal,
    }),
});

/** The initiatives that a person owns in their teams, as far as the user may see them. */
function PersonInitiatives({ user }: { readonly user: User }) {
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
