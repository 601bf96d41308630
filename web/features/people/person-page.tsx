import { Alert, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
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
import { useTexts } from '../../text/language.tsx';
import { Copied } from './copied.tsx';
import { FormerPerson } from './former-person.tsx';
import { PersonOverview } from './person-overview.tsx';
import { userQuery } from './queries.ts';
import { UserActionsButton } from './user-actions.tsx';
import { UserStatusBadge } from './user-labels.tsx';

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
