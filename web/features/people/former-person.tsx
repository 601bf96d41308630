import { Alert, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ShownAuditEntry } from '../../../domain/audit/audit.schema.ts';
import type { OrganizationId, UserId } from '../../../domain/ids.ts';
import { NotFound } from '../../components/no-page.tsx';
import { Page } from '../../components/page.tsx';
import { PageTabs, usePanels } from '../../components/panels.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { entriesOfPersonQuery } from './queries.ts';

interface Props {
  readonly organizationId: OrganizationId;
  readonly userId: UserId;
}

const endings = ['user.removed', 'user.account-deleted'];

/** A former member, as known from the audit log; nothing if unknown. */
export function FormerPerson({ organizationId, userId }: Props) {
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
