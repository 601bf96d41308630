import { useMemo } from 'react';
import type { OrganizationId } from '../../../domain/ids.ts';
import type { Invitation } from '../../../domain/invitation/invitation.schema.ts';
import { Day, Time } from '../../components/labels.tsx';
import { TeamLink } from '../../components/links.tsx';
import type { Column } from '../../components/table/column.ts';
import { useMayToSome } from '../../lib/member.tsx';
import type { Formats } from '../../text/formats.ts';
import { type Texts, useFormats, useTexts } from '../../text/language.tsx';
import { InvitationActions } from './invitation-actions.tsx';
import { InvitationStatus, Inviter, isOpen } from './invitation-status.tsx';

type Columns = readonly Column<Invitation>[];

/** Who is invited, and their role. */
const invitee = ({ people, common }: Texts, organizationId: OrganizationId): Columns => [
  {
    id: 'name',
    title: people.person,
    cell: ({ name }) => <bdi>{name}</bdi>,
    text: ({ name }) => name,
    sort: ({ name }) => name,
  },
  {
    id: 'email',
    title: people.email,
    width: '2fr',
    cell: ({ email }) => email,
    sort: ({ email }) => email,
    phone: 'hidden',
  },
  {
    id: 'role',
    title: people.role,
    width: 120,
    cell: ({ role }) => common.roles[role],
    sort: ({ role }) => common.roles[role],
    phone: 'fact',
  },
  {
    id: 'team',
    title: people.team,
    width: '0.8fr',
    cell: ({ teamId, teamName }) =>
      teamId === undefined || teamName === undefined ? (
        '–'
      ) : (
        <TeamLink organizationId={organizationId} teamId={teamId} name={teamName} />
      ),
    text: ({ teamName = '' }) => teamName,
    sort: ({ teamName }) => teamName,
    phone: 'hidden',
  },
];

/** The invitation's status, inviter and date. */
const course = ({ people }: Texts, { date }: Formats, organizationId: OrganizationId): Columns => [
  {
    id: 'status',
    title: people.status,
    width: 135,
    cell: (invitation) => <InvitationStatus {...invitation} />,
    text: ({ status }) => people.states[status],
    sort: ({ status }) => people.states[status],
    phone: 'fact',
  },
  {
    id: 'invitedBy',
    title: people.invitedBy,
    width: '1.2fr',
    cell: (invitation) => <Inviter organizationId={organizationId} invitation={invitation} />,
    text: ({ inviterName = '' }) => inviterName,
    sort: ({ inviterName }) => inviterName,
    phone: 'hidden',
  },
  {
    id: 'invited',
    title: people.invitedAt,
    width: 125,
    cell: ({ createdAt }) => <Time at={createdAt} />,
    text: ({ createdAt }) => date(createdAt),
    sort: ({ createdAt }) => createdAt,
    phone: 'hidden',
  },
  {
    id: 'expires',
    title: people.expires,
    width: 115,
    cell: (invitation) => (isOpen(invitation) ? <Day at={invitation.expiresAt} /> : '–'),
    text: (invitation) => (isOpen(invitation) ? date(invitation.expiresAt) : ''),
    sort: (invitation) => (isOpen(invitation) ? invitation.expiresAt : null),
    phone: 'hidden',
  },
];

/** The columns of the list of invitations. */
export function useInvitationColumns(organizationId: OrganizationId): Columns {
  const texts = useTexts();
  const formats = useFormats();
  const mayChange = useMayToSome()('update', 'Invitation');
  return useMemo(() => {
    const actions: Column<Invitation> = {
      id: 'actions',
      title: texts.common.actions,
      width: 84,
      actions: true,
      cell: (invitation) => <InvitationActions invitation={invitation} organizationId={organizationId} />,
    };
    const columns = [...invitee(texts, organizationId), ...course(texts, formats, organizationId)];
    return mayChange ? [...columns, actions] : columns;
  }, [texts, formats, organizationId, mayChange]);
}
