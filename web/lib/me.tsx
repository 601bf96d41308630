import { queryOptions } from '@tanstack/react-query';
import { createContext, type ReactNode, use } from 'react';
import type { Me } from '../../domain/access/me.schema.ts';
import { meRoutes } from '../../functions/http/me/routes.ts';
import type { CallApi } from './api.ts';
import { meKey } from './queries.ts';

/** Who is signed in, once they belong somewhere. */
export type Member = Extract<Me, { status: 'active' }>;

/** Asked anew for each visit of a page group and of the window: a role that was changed shows without signing in again. */
export const meQuery = (api: CallApi) =>
  queryOptions({
    queryKey: meKey,
    queryFn: ({ signal }) => api(meRoutes.getMe, { signal }),
    staleTime: 30_000,
    refetchOnWindowFocus: 'always',
  });

const MemberContext = createContext<Member | null>(null);

export const MemberProvider = ({ member, children }: { member: Member; children: ReactNode }) => (
  <MemberContext value={member}>{children}</MemberContext>
);

export function useMember(): Member {
  const member = use(MemberContext);
  if (member === null) throw new Error('There is no MemberProvider above.');
  return member;
}
