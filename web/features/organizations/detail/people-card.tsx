import { Anchor, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { OrganizationWithCounts } from '../../../../domain/organization/organization.schema.ts';
import type { User } from '../../../../domain/user/profile.schema.ts';
import { PersonAvatar, PersonLink } from '../../../components/links.tsx';
import { Section } from '../../../components/page.tsx';
import { QueryView } from '../../../components/query-view.tsx';
import { useMay } from '../../../lib/member.tsx';
import { useSession } from '../../../lib/session.tsx';
import { useFormats, useTexts } from '../../../text/language.tsx';
import classes from './customer.module.css';
import { invitedAdmin } from './next-action.ts';
import { adminsQuery, latestInvitationsQuery, tabOfCustomer } from './queries.ts';

interface Props {
  readonly organization: OrganizationWithCounts;
}

/** Contacts at a customer: the contact person and the admins, without duplicates. */
export function PeopleCard({ organization }: Props) {
  const { api } = useSession();
  const { customer } = useTexts().organizations;
  const isOpen = useMay(organization.id)('list', 'User');
  const admins = useQuery({ ...adminsQuery(api, organization.id), enabled: isOpen });
  if (!isOpen)
    return (
      <Section id="people" title={customer.people}>
        <ul className={classes.people} aria-label={customer.people}>
          <Contact organization={organization} admins={[]} />
        </ul>
      </Section>
    );
  return (
    <Section id="people" title={customer.people}>
      <QueryView query={admins} rows={2}>
        {(users) => (
          <ul className={classes.people} aria-label={customer.people}>
            <Contact organization={organization} admins={users} />
            {users.length === 0 && <NoAdmin organization={organization} />}
          </ul>
        )}
      </QueryView>
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

const isSame = (a: { readonly email: string }, b: { readonly email: string }) =>
  a.email.toLowerCase() === b.email.toLowerCase();

function Contact({ organization, admins }: Props & { readonly admins: readonly User[] }) {
  const { customer } = useTexts().organizations;
  const { contactPerson, id: organizationId } = organization;
  const others = admins.filter((admin) => !isSame(admin, contactPerson));
  const same = admins.find((admin) => isSame(admin, contactPerson));
  const linked = ({ userId, name }: User) => (
    <PersonLink organizationId={organizationId} userId={userId} name={name} fw={500} />
  );
  return (
    <>
      <One
        {...contactPerson}
        title={same === undefined ? <PlainName name={contactPerson.name} /> : linked(same)}
        role={same === undefined ? customer.contactPerson : customer.contactAndAdmin}
        lastActiveOn={same?.lastActiveOn}
      />
      {others.map((admin) => (
        <One key={admin.userId} {...admin} title={linked(admin)} role={customer.admin} />
      ))}
    </>
  );
}

function LastActive({ on }: { readonly on: string }) {
  const { customer } = useTexts().organizations;
  const { date } = useFormats();
  return (
    <Text size="xs" c="dimmed">
      {customer.lastActive(date(on))}
    </Text>
  );
}

const PlainName = ({ name }: { readonly name: string }) => (
  <Text size="sm" fw={500} truncate title={name}>
    <bdi>{name}</bdi>
  </Text>
);

/** Invited admins who haven't joined yet, or that there are none. */
function NoAdmin({ organization: { id, contactPerson } }: Props) {
  const { api } = useSession();
  const { customer } = useTexts().organizations;
  const { data: invitations } = useQuery(latestInvitationsQuery(api, id));
  if (invitations === undefined) return null;
  const invited = invitedAdmin(invitations);
  if (invited === undefined)
    return (
      <Text size="sm" c="dimmed" component="li">
        {customer.noAdmins}
      </Text>
    );
  return isSame(invited, contactPerson) ? (
    <Text size="sm" c="dimmed" component="li">
      {customer.invitedAdmin}
    </Text>
  ) : (
    <One {...invited} title={<PlainName name={invited.name} />} role={customer.invitedAdmin} />
  );
}

interface OneProps {
  readonly name: string;
  readonly email: string;
  readonly phone?: string | undefined;
  readonly title: ReactNode;
  readonly role: string;
  readonly lastActiveOn?: string | undefined;
}

const One = ({ name, email, phone, title, role, lastActiveOn }: OneProps) => (
  <li>
    <Group gap="sm" wrap="nowrap" align="flex-start">
      <PersonAvatar name={name} size={32} />
      <Stack gap={0} miw={0}>
        {title}
        <Text size="xs" c="dimmed">
          {role}
        </Text>
        {lastActiveOn !== undefined && <LastActive on={lastActiveOn} />}
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
