import { queryOptions } from '@tanstack/react-query';
import { createContext, type ReactNode, use } from 'react';
import { abilityOf, allows, mayAllow, rulesFor } from '../../domain/access/ability.ts';
import type { Action, Subject } from '../../domain/access/permission.ts';
import {
  goesOnWhileLeaving,
  type Instance,
  type Rule,
  rulesOfVisit,
  type Visit,
} from '../../domain/access/rules.ts';
import type { OrganizationId } from '../../domain/ids.ts';
import type { OrganizationSummary } from '../../domain/organization/organization.schema.ts';
import type { Me } from '../../domain/user/me.schema.ts';
import { meRoutes } from '../../functions/http/me/routes.ts';
import { organizationRoutes } from '../../functions/http/organization/routes.ts';
import type { CallApi } from './api.ts';
import { meKey } from './queries.ts';

/** The organization that a super admin visits, and the extent of their support access. */
interface VisitedOrganization {
  readonly organizationId: string;
  readonly as: Visit;
}

/** The signed-in user, once they belong to an organization. */
export type Member = Extract<Me, { status: 'active' }> & {
  /** Support access to the organization in the URL, where required; see `visit.tsx`. */
  readonly visit?: VisitedOrganization;
};

const rulesIn = ({ user, visit }: Member, organizationId: string): Rule[] =>
  visit?.organizationId === organizationId ? rulesOfVisit(organizationId, visit.as) : rulesFor(user);

/**
 * Refetched whenever the window or a group of pages is opened, so that a changed role takes effect without
 * signing in again.
 */
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

/** Attributes of a resource that an access rule may depend on. */
export type Facts = Omit<Instance, 'organizationId'>;

/** Applies the server's own access rules, so that the app never offers what the server would refuse. */
export const may = (
  member: Member,
  action: Action,
  subject: Subject,
  organizationId: string,
  facts: Facts = {},
): boolean =>
  allows(abilityOf(rulesIn(member, organizationId)), action, subject, { ...facts, organizationId });

const OrganizationContext = createContext<OrganizationSummary | null>(null);

/** Whether an action is still allowed in the current organization if that is frozen because it is leaving. */
function useGoesOn() {
  const isFrozen = use(OrganizationContext)?.frozenAt !== undefined;
  return (action: Action, subject: Subject) => !isFrozen || goesOnWhileLeaving(action, subject);
}

/** Whether the signed-in user may do this in an organization, to the resource that the facts describe. */
export const useMay = (organizationId: string) => {
  const member = useMember();
  const goesOn = useGoesOn();
  return (action: Action, subject: Subject, facts?: Facts) =>
    goesOn(action, subject) && may(member, action, subject, organizationId, facts);
};

/**
 * Whether they may do it to at least one resource, so that a form in which they choose one is worth
 * offering.
 */
export const useMayToSome = () => {
  const member = useMember();
  const goesOn = useGoesOn();
  const ability = abilityOf(rulesIn(member, member.visit?.organizationId ?? member.organization.id));
  return (action: Action, subject: Subject) => goesOn(action, subject) && mayAllow(ability, action, subject);
};

/** The summary of an organization that all of its pages use. */
export const organizationSummaryQuery = (api: CallApi, organizationId: OrganizationId) =>
  queryOptions({
    queryKey: ['organization', organizationId],
    queryFn: ({ signal }) =>
      api(organizationRoutes.getOwnOrganization, { params: { organizationId }, signal }),
  });

export const OrganizationProvider = ({
  organization,
  children,
}: {
  organization: OrganizationSummary;
  children: ReactNode;
}) => <OrganizationContext value={organization}>{children}</OrganizationContext>;

/** The current organization: the user's own, or the one that a super admin visits. */
export function useOrganization(): OrganizationSummary {
  const organization = use(OrganizationContext);
  if (organization === null) throw new Error('There is no OrganizationProvider above.');
  return organization;
}
