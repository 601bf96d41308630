import { Group, Stack, Text, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import type { User } from '../../../domain/user/profile.schema.ts';
import { Day } from '../../components/labels.tsx';
import { TeamLink } from '../../components/links.tsx';
import { Section } from '../../components/page.tsx';
import { useMay } from '../../lib/member.tsx';
import { useTexts } from '../../text/language.tsx';
import { Copied } from './copied.tsx';
import classes from './person.module.css';
import { PersonInitiatives } from './person-initiatives.tsx';
import { PersonKpis } from './person-kpis.tsx';
import { InvitationsSent, SignIns } from './person-trail.tsx';
import { useTeamNames } from './user-columns.tsx';
import { LastActive, SecondFactor } from './user-labels.tsx';

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
