import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useMemo } from 'react';
import type { Visit } from '../../domain/access/rules.ts';
import { type OrganizationId, PLATFORM } from '../../domain/ids.ts';
import type { CurrentSupportAccess } from '../../domain/support-access/support-access.schema.ts';
import { supportAccessRoutes } from '../../functions/http/support-access/routes.ts';
import { useAddressOrganization } from './address.ts';
import type { CallApi } from './api.ts';
import { MemberProvider, useMember } from './member.tsx';
import { meKey } from './queries.ts';
import { useSession } from './session.tsx';

/** All that was read of support access to an organization. */
export const supportKey = (organizationId: OrganizationId) => ['support-access', organizationId] as const;

const freshMilliseconds = 30_000;

/** A super admin's own support access to an organization, as it is now. */
export const currentSupportQuery = (api: CallApi, organizationId: OrganizationId) =>
  queryOptions({
    queryKey: [...supportKey(organizationId), 'current'],
    queryFn: ({ signal }) =>
      api(supportAccessRoutes.getCurrentSupportAccess, { params: { organizationId }, signal }),
    staleTime: freshMilliseconds,
    // An admin may end it at any moment.
    refetchInterval: freshMilliseconds,
  });

/** How far it goes; undefined where none is needed. */
function visitOf(current: CurrentSupportAccess | undefined): Visit | undefined {
  if (current?.stage === 'open') return undefined;
  if (current?.supportAccess?.state !== 'open') return { mode: 'none' };
  const { viewing, supportAccess } = current;
  if (viewing !== undefined) return { mode: 'view', as: viewing };
  return { mode: supportAccess.viewingAs === undefined ? supportAccess.mode : 'none' };
}

/** The organization of the address, where a super admin is a visitor; null anywhere else. */
function useVisitable(): OrganizationId | null {
  const { user, organization } = useMember();
  const asked = useAddressOrganization();
  return user.role === 'super_admin' && organization.id === PLATFORM && asked !== null && asked !== PLATFORM
    ? asked
    : null;
}

/** The own support access to an organization that is visited; undefined until it is known. */
export function useCurrentSupport(): CurrentSupportAccess | undefined {
  const { api } = useSession();
  const visited = useVisitable();
  const { data } = useQuery({ ...currentSupportQuery(api, visited ?? PLATFORM), enabled: visited !== null });
  return visited === null ? undefined : data;
}

/** What isn't another's for another view: who one is, and what the organization is called. */
const kept: ReadonlySet<unknown> = new Set([meKey[0], 'organization', 'support-access']);

/** Forgets what was read by rights that are others now: the pages that show it begin anew. */
export function useBeginAnew() {
  const queries = useQueryClient();
  return async (organizationId: OrganizationId) => {
    await queries.invalidateQueries({ queryKey: supportKey(organizationId) });
    queries.removeQueries({ predicate: ({ queryKey }) => !kept.has(queryKey[0]) });
  };
}

/** Tells all pages what a super admin may do in the organization of the address, and when that ends. */
export function VisitingMember({ children }: { readonly children: ReactNode }) {
  const member = useMember();
  const organizationId = useVisitable();
  const current = useCurrentSupport();
  const queries = useQueryClient();
  const until = current?.supportAccess?.state === 'open' ? current.supportAccess.until : undefined;
  useEffect(() => {
    if (organizationId === null || until === undefined) return;
    const over = () => void queries.invalidateQueries({ queryKey: supportKey(organizationId) });
    const timer = setTimeout(over, Math.max(0, Date.parse(until) - Date.now()));
    return () => clearTimeout(timer);
  }, [queries, organizationId, until]);
  const visiting = useMemo(() => {
    const as = visitOf(current);
    return organizationId === null || as === undefined
      ? member
      : { ...member, visit: { organizationId, as } };
  }, [member, organizationId, current]);
  return <MemberProvider member={visiting}>{children}</MemberProvider>;
}
