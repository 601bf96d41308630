import { Alert, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ShownAuditEntry } from '../../../domain/audit/audit.schema.ts';
import { type OrganizationId, UserId } from '../../../domain/ids.ts';
import type { User } from '../../../domain/user/profile.schema.ts';
import { RoleBadge } from '../../components/labels.tsx';
import { PersonAvatar } from '../../components/links.tsx';
import { NotFound } from '../../components/no-page.tsx';
import { Page } from '../../components/page.tsx';
import { PageTabs, usePanels } from '../../components/panels.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { useAddressId } from '../../lib/address.ts';
import { ApiError } from '../../lib/api-error.ts';
import { useMay, useOrganization } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { PersonOverview } from './person-overview.tsx';
import { entriesOfPersonQuery, userQuery } from './queries.ts';
import { UserActionsButton } from './user-actions.tsx';
import { Copied, UserStatusBadge } from './user-labels.tsx';

/** One person: profile, responsibilities, activity. */
export function PersonPage() {
  const { id } = useOrganization();
  const userId = useAddressId('userId', UserId);
  return userId === null ? <NotFound /> : <OnePerson organizationId={id} userId={userId} />;
}

interface Props {
  readonly organizationId: OrganizationId;
  readonly userId: UserId;
}

const isGone = (error: Error | null) => error instanceof ApiError && error.code === 'not_found';

function OnePerson({ organizationId, userId }: Props) {
  const { api } = useSession();
  const mayReadTrail = useMay(organizationId)('list', 'AuditEntry');
  const query = useQuery(userQuery(api, organizationId, userId));
  if (isGone(query.error))
    return mayReadTrail ? <FormerPerson organizationId={organizationId} userId={userId} /> : <NotFound />;
  return <QueryView query={query}>{(user) => <Known user={user} />}</QueryView>;
}

function Known({ user }: { readonly user: User }) {
  const { people } = useTexts();
  const { organizationId, name, email, role, status } = user;
  const may = useMay(organizationId);
  const usersAddress = `/organizations/${organizationId}/users`;
  return (
    <Page
      title={name}
      picture={<PersonAvatar name={name} size={32} />}
      mark={
        <Group gap="xs">
          <RoleBadge role={role} />
          <UserStatusBadge status={status} />
        </Group>
      }
      description={<Copied what={people.email} text={email} />}
      parents={may('list', 'User') ? [{ title: people.users, to: usersAddress }] : []}
      actions={may('update', 'User') && <UserActionsButton user={user} />}
    >
      {status === 'deactivated' && (
        <Alert color="gray" title={people.profile.isDeactivated(name)}>
          {people.profile.deactivatedText}
        </Alert>
      )}
      <PersonTabs user={user} />
    </Page>
  );
}

/** The person's own tabs, and those of other features. */
function PersonTabs({ user }: { readonly user: User }) {
  const texts = useTexts();
  const { organizationId, userId } = user;
  const panels = usePanels('person', organizationId, { userId });
  return (
    <PageTabs
      tabs={[
        { name: 'overview', title: texts.people.profile.overview, content: <PersonOverview user={user} /> },
        ...panels.map(({ name, title, component: Panel }) => ({
          name,
          title: title(texts),
          content: <Panel organizationId={organizationId} userId={userId} />,
        })),
      ]}
    />
  );
}

const endings = ['user.removed', 'user.account-deleted'];

/** A former member, as known from the audit log; nothing if unknown. */
function FormerPerson({ organizationId, userId }: Props) {
  const { api } = useSession();
  const filter = { resource: `user/${userId}` };
  const query = useQuery(entriesOfPersonQuery(api, organizationId, filter));
  return (
    <QueryView query={query}>
      {({ items }) => {
        const end = items.find(({ action }) => endings.includes(action));
        return end === undefined ? (
          <NotFound />
        ) : (
          <Former organizationId={organizationId} userId={userId} end={end} />
        );
      }}
    </QueryView>
  );
}

const nameIn = ({ details: { before } }: ShownAuditEntry): string | undefined =>
  typeof before?.name === 'string' ? before.name : undefined;

function Former({ organizationId, userId, end }: Props & { readonly end: ShownAuditEntry }) {
  const texts = useTexts();
  const { date } = useFormats();
  const { users, profile } = texts.people;
  const name = nameIn(end) ?? userId;
  const day = date(end.timestamp);
  const [panel, ...panels] = usePanels('person', organizationId, { userId }).map(
    ({ name: tab, title, component: Panel }) => ({
      name: tab,
      title: title(texts),
      content: <Panel organizationId={organizationId} userId={userId} />,
    }),
  );
  return (
    <Page title={name} parents={[{ title: users, to: `/organizations/${organizationId}/users` }]}>
      <Alert color="gray" title={profile.wasRemoved(name)}>
        <Text size="sm">
          {end.action === 'user.removed'
            ? profile.removedBy(end.actorName ?? end.userId, day)
            : profile.accountDeletedOn(day)}{' '}
          {profile.removedText}
        </Text>
      </Alert>
      {panel !== undefined && <PageTabs tabs={[panel, ...panels]} />}
    </Page>
  );
}
