import { Anchor, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { OrganizationWithCounts } from '../../../domain/organization/organization.schema.ts';
import { Plan } from '../../components/badges.tsx';
import { Day, Time } from '../../components/time.tsx';

const Fact = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <Stack gap={0} component="div">
    <Text size="sm" c="dimmed">
      {title}
    </Text>
    <Text component="div" style={{ overflowWrap: 'anywhere' }}>
      {children}
    </Text>
  </Stack>
);

/** What is known of an organization itself. */
export const Profile = ({
  contactPerson,
  subscription: { plan, startDate, endDate },
  counts,
  inactiveReason,
  createdAt,
  updatedAt,
  id,
}: OrganizationWithCounts) => (
  <Paper withBorder radius="md" p="lg">
    <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="lg">
      <Fact title="Contact person">
        {contactPerson.name}
        <br />
        <Anchor href={`mailto:${contactPerson.email}`}>{contactPerson.email}</Anchor>
        {contactPerson.phone !== undefined && <Text>{contactPerson.phone}</Text>}
      </Fact>
      <Fact title="Subscription">
        <Plan plan={plan} />, from <Day at={startDate} />
        {endDate === undefined ? (
          ', no end'
        ) : (
          <>
            {' '}
            to <Day at={endDate} />
          </>
        )}
      </Fact>
      <Fact title="People">
        {counts.users} {counts.users === 1 ? 'user' : 'users'}, {counts.pendingInvitations} open{' '}
        {counts.pendingInvitations === 1 ? 'invitation' : 'invitations'}
      </Fact>
      {inactiveReason !== undefined && <Fact title="Suspended because">{inactiveReason}</Fact>}
      <Fact title="Created">
        <Time at={createdAt} />
      </Fact>
      <Fact title="Last changed">
        <Time at={updatedAt} />
      </Fact>
      <Fact title="Id">
        <Text ff="monospace" size="sm">
          {id}
        </Text>
      </Fact>
    </SimpleGrid>
  </Paper>
);
