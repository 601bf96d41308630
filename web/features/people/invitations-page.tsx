import { Button } from '@mantine/core';
import IconMail from '@tabler/icons-react/icons/IconMail';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { OrganizationId } from '../../../domain/ids.ts';
import { type Invitation, InvitationStatus } from '../../../domain/invitation/invitation.schema.ts';
import { useFilter } from '../../components/filters.tsx';
import { Page } from '../../components/page.tsx';
import { NoMatch } from '../../components/query-view.tsx';
import { Empty } from '../../components/states.tsx';
import { ListTable } from '../../components/table/list-table.tsx';
import { usePageSize } from '../../components/table/page-size.ts';
import { useAddressDialog } from '../../lib/address.ts';
import { useMayToSome, useOrganization } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { useInvitationBulk } from './invitation-actions.tsx';
import { useInvitationColumns } from './invitation-columns.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { invitationsQuery } from './queries.ts';

export const InvitationsPage = () => (
  <Page title={useTexts().people.invitations}>
    <Invitations organizationId={useOrganization().id} />
  </Page>
);

const keyOf = ({ id }: Invitation) => id;

/** An organization's invitations, newest first. */
export function Invitations({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const { people } = useTexts();
  const mayInvite = useMayToSome()('create', 'Invitation');
  const [inviting, { open }] = useAddressDialog('invite');
  const pageSize = usePageSize();
  const status = useFilter('status', InvitationStatus.options);
  const filter = {
    name: 'status',
    label: people.status,
    choices: InvitationStatus.options.map((value) => ({ value, label: people.states[value] })),
  };
  const query = useInfiniteQuery(
    invitationsQuery(api, organizationId, {
      ...(status === undefined ? {} : { status }),
      limit: pageSize.rows,
    }),
  );
  const columns = useInvitationColumns(organizationId);
  const bulk = useInvitationBulk(organizationId);
  const invite = mayInvite && (
    <Button leftSection={<IconMail size={16} aria-hidden />} onClick={open}>
      {people.invitePeople}
    </Button>
  );
  return (
    <>
      <ListTable
        name="invitations"
        label={people.invitations}
        columns={columns}
        query={query}
        keyOf={keyOf}
        bulk={bulk}
        pageSize={pageSize}
        filters={[filter]}
        actions={invite}
        empty={
          status === undefined ? (
            <Empty title={people.nobodyInvited} icon={IconMail}>
              {people.nobodyInvitedText}
            </Empty>
          ) : (
            <NoMatch title={people.noInvitationMatches} />
          )
        }
      />
      {inviting && mayInvite && <InviteDialog organizationId={organizationId} />}
    </>
  );
}
