import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { OrganizationRole } from '../../../domain/access/roles.schema.ts';
import type { OrganizationId } from '../../../domain/ids.ts';
import { teamChoicesQuery } from '../../lib/choices.ts';
import { useMay } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import type { Place } from './invite-list.ts';

const asRole = z.catch(OrganizationRole, 'team_member');

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** The roles and teams that the user may invite to. */
export function usePlaceChoices(organizationId: OrganizationId) {
  const { api } = useSession();
  const { people, common } = useTexts();
  const may = useMay(organizationId);
  const { data } = useQuery(teamChoicesQuery(api, organizationId));
  const mayInvite = (facts: { readonly role: string; readonly teamId?: string }) =>
    may('create', 'Invitation', facts);
  return {
    rolesFor: ({ teamId }: Place): readonly Choice[] =>
      OrganizationRole.options
        .filter((role) => mayInvite(teamId === '' ? { role } : { role, teamId }))
        .map((value) => ({ value, label: common.roles[value] })),
    teamsFor: ({ role }: Place): readonly Choice[] => [
      ...(mayInvite({ role }) ? [{ value: '', label: people.noTeam }] : []),
      ...(data?.items ?? [])
        .filter(({ id }) => mayInvite({ role, teamId: id }))
        .map(({ id, name }) => ({ value: id, label: name })),
    ],
  };
}

type PlaceChoices = ReturnType<typeof usePlaceChoices>;

interface Props {
  readonly place: Place;
  readonly choices: PlaceChoices;
  readonly onChange: (change: Partial<Place>) => void;
  /** The accessible name if there is no visible label. */
  readonly hiddenLabel?: string;
}

const labelled = (label: string, hidden: string | undefined) =>
  hidden === undefined ? { label } : { 'aria-label': hidden, size: 'xs' as const };

/** The role of the invited person. */
export const RoleField = ({ place, choices, onChange, hiddenLabel }: Props) => (
  <NativeSelect
    {...labelled(useTexts().people.role, hiddenLabel)}
    data={[...choices.rolesFor(place)]}
    value={place.role}
    onChange={({ currentTarget }) => onChange({ role: asRole.parse(currentTarget.value) })}
  />
);

/** The team of the invited person. */
export const TeamField = ({ place, choices, onChange, hiddenLabel }: Props) => (
  <NativeSelect
    {...labelled(useTexts().people.team, hiddenLabel)}
    data={[...choices.teamsFor(place)]}
    value={place.teamId}
    onChange={({ currentTarget }) => onChange({ teamId: currentTarget.value })}
  />
);
