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

/** Query key of support access to an organization. */
export const supportKey = (organizationId: OrganizationId) => ['support-access', organizationId] as const;

const freshMilliseconds = 30_000;

/** A super admin's current support access to an organization. */
export const currentSupportQuery = (api: CallApi, organizationId: OrganizationId) =>
  queryOptions({
    queryKey: [...supportKey(organizationId), 'current'],
    queryFn: ({ signal }) =>
      api(supportAccessRoutes.getCurrentSupportAccess, { params: { organizationId }, signal }),
    staleTime: freshMilliseconds,
    // An admin may end it at any time.
    refetchInterval: freshMilliseconds,
  });

/** The extent of the access; undefined where none is required. */
function visitOf(current: CurrentSupportAccess | undefined): Visit | undefined {
  if (current?.stage === 'open') return undefined;
  if (current?.supportAccess?.state !== 'open') return { mode: 'none' };
  const { viewing, supportAccess } = current;
  if (viewing !== undefined) return { mode: 'view', as: viewing };
  return { mode: supportAccess.viewingAs === undefined ? supportAccess.mode : 'none' };
}

/** The organization in the URL, if a super admin is visiting it; otherwise null. */
function useVisitable(): OrganizationId | null {
  const { user, organization } = useMember();
  const asked = useAddressOrganization();
  return user.role === 'super_admin' && organization.id === PLATFORM && asked !== null && asked !== PLATFORM
    ? asked
    : null;
}

/** The super admin's own support access to the visited organization; undefined until loaded. */
export function useCurrentSupport(): CurrentSupportAccess | undefined {
  const { api } = useSession();
  const visited = useVisitable();
  const { data } = useQuery({ ...currentSupportQuery(api, visited ?? PLATFORM), enabled: visited !== null });
  return visited === null ? undefined : data;
}

/** Data that doesn't depend on the view: the signed-in user and the organization's name. */
const kept: ReadonlySet<unknown> = new Set([meKey[0], 'organization', 'support-access']);

/** Drops data that was loaded with other rights, so that pages load it again. */
export function useBeginAnew() {
  const queries = useQueryClient();
  return async (organizationId: OrganizationId) => {
    await queries.invalidateQueries({ queryKey: supportKey(organizationId) });
    queries.removeQueries({ predicate: ({ queryKey }) => !kept.has(queryKey[0]) });
  };
}

/**
 * Provides pages with what a super admin may do in the current organization, and ends that when access
 * expires.
 */
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
