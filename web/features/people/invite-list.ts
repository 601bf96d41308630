import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { teamsLed } from '../../../domain/access/member.ts';
import type { OrganizationRole } from '../../../domain/access/roles.schema.ts';
import type { OrganizationId } from '../../../domain/ids.ts';
import { useAddressParameter } from '../../lib/address.ts';
import { useMember } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { type LeftOut, readPasted } from './pasted-people.ts';
import { invitationPreviewQuery } from './queries.ts';

/** Role and team; without a team `teamId` is empty. */
export interface Place {
  readonly role: OrganizationRole;
  readonly teamId: string;
}

/** One person of the list. */
export interface Line extends Place {
  readonly email: string;
  readonly name: string;
}

/** A line in the API's format. */
export const invitationOf = ({ teamId, ...person }: Line) => ({
  ...person,
  ...(teamId === '' ? {} : { teamId }),
});

/** The maximum per request. */
export const most = 100;

type Own = Partial<Place & { readonly name: string }>;

/** The people to invite, parsed from the text, with the default role and team unless changed per line. */
export function useInviteList() {
  const { user } = useMember();
  const [team] = useAddressParameter('team');
  const [led = ''] = teamsLed(user);
  const [text, setText] = useState('');
  const [place, setPlace] = useState<Place>({ role: 'team_member', teamId: team === '' ? led : team });
  const [own, setOwn] = useState<ReadonlyMap<string, Own>>(new Map());
  const [skipped, skip] = useState<ReadonlySet<string>>(new Set());
  const { people, leftOut } = readPasted(text);
  const lines = people
    .filter(({ email }) => !skipped.has(email))
    .map((person): Line => ({ ...place, ...person, ...own.get(person.email) }));
  const clear = () => {
    setText('');
    setOwn(new Map());
    skip(new Set());
  };
  return {
    text,
    setText,
    place,
    setPlace,
    lines,
    leftOut: leftOut satisfies readonly LeftOut[],
    change: (email: string, change: Own) =>
      setOwn((before) => new Map(before).set(email, { ...before.get(email), ...change })),
    skip: (email: string) => skip((before) => new Set(before).add(email)),
    clear,
  };
}

const typingMilliseconds = 400;

/** A preview of the invitations from the server; nobody is invited yet. */
export function usePreview(organizationId: OrganizationId, lines: readonly Line[]) {
  const { api } = useSession();
  const [asked] = useDebouncedValue(
    JSON.stringify(lines.slice(0, most).map(invitationOf)),
    typingMilliseconds,
  );
  const query = useQuery(invitationPreviewQuery(api, organizationId, asked));
  const outcomes = new Map(query.data?.results.map((result) => [result.email, result]));
  return { seatsLeft: query.data?.seatsLeft, outcomeOf: (email: string) => outcomes.get(email) };
}
