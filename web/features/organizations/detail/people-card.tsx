import { Anchor, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { OrganizationWithCounts } from '../../../../domain/organization/organization.schema.ts';
import { PersonAvatar, PersonLink } from '../../../components/links.tsx';
import { Section } from '../../../components/page.tsx';
import { QueryView } from '../../../components/query-view.tsx';
import { useSession } from '../../../lib/session.tsx';
import { useTexts } from '../../../text/language.tsx';
import { tabOfCustomer } from './address.ts';
import classes from './customer.module.css';
import { invitedAdmin } from './next-action.ts';
import { adminsQuery, latestInvitationsQuery } from './queries.ts';

interface Props {
  readonly organization: OrganizationWithCounts;
}

/** Whom to call at a customer: the contact person, and its admins. */
export function PeopleCard({ organization }: Props) {
  const { customer } = useTexts().organizations;
  const { contactPerson } = organization;
  return (
    <Section id="people" title={customer.people}>
      <ul className={classes.people} aria-label={customer.people}>
        <One
          {...contactPerson}
          title={
            <Text size="sm" fw={500} truncate title={contactPerson.name}>
              <bdi>{contactPerson.name}</bdi>
            </Text>
          }
          role={customer.contactPerson}
        />
        <Admins organization={organization} />
      </ul>
      <Anchor
        component={Link}
        to={tabOfCustomer(organization.id, 'users')}
        size="sm"
        w="fit-content"
        data-screen-only
      >
        {customer.allPeople}
      </Anchor>
    </Section>
  );
}

interface OneProps {
  readonly name: string;
  readonly email: string;
  readonly phone?: string | undefined;
  readonly title: ReactNode;
  readonly role: string;
}

const One = ({ name, email, phone, title, role }: OneProps) => (
  <li>
    <Group gap="sm" wrap="nowrap" align="flex-start">
      <PersonAvatar name={name} size={32} />
      <Stack gap={0} miw={0}>
        {title}
        <Text size="xs" c="dimmed">
          {role}
        </Text>
        <Anchor size="xs" href={`mailto:${email}`} style={{ overflowWrap: 'anywhere' }}>
          {email}
        </Anchor>
        {phone !== undefined && (
          <Anchor size="xs" href={`tel:${phone.replaceAll(/[^+\d]/g, '')}`}>
            {phone}
          </Anchor>
        )}
      </Stack>
    </Group>
  </li>
);

function Admins({ organization: { id: organizationId } }: Props) {
  const { api } = useSession();
  const { customer } = useTexts().organizations;
  const admins = useQuery(adminsQuery(api, organizationId));
  const { data: invitations = [] } = useQuery(latestInvitationsQuery(api, organizationId));
  const invited = invitedAdmin(invitations);
  return (
    <QueryView query={admins} rows={1}>
      {(users) => (
        <>
          {users.map((user) => (
            <One
              key={user.userId}
              {...user}
              title={
                <PersonLink organizationId={organizationId} userId={user.userId} name={user.name} fw={500} />
              }
              role={customer.admin}
            />
          ))}
          {users.length === 0 && invited !== undefined && (
            <One
              {...invited}
              title={
                <Text size="sm" fw={500} truncate title={invited.name}>
                  <bdi>{invited.name}</bdi>
                </Text>
              }
              role={customer.invitedAdmin}
            />
          )}
          {users.length === 0 && (
            <Text size="sm" c="dimmed" component="li">
              {customer.noAdmins}
            </Text>
          )}
        </>
      )}
    </QueryView>
  );
}
