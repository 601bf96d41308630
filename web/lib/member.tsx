import { queryOptions } from '@tanstack/react-query';
import { createContext, type ReactNode, use } from 'react';
import { abilityOf, allows, mayAllow, rulesFor } from '../../domain/access/ability.ts';
import type { Me } from '../../domain/access/me.schema.ts';
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
import { meRoutes } from '../../functions/http/me/routes.ts';
import { organizationRoutes } from '../../functions/http/organization/routes.ts';
import type { CallApi } from './api.ts';
import { meKey } from './queries.ts';

/** An organization that a super admin visits, and how far their support access to it goes. */
interface VisitedOrganization {
  readonly organizationId: string;
  readonly as: Visit;
}

/** Who is signed in, once they belong somewhere. */
export type Member = Extract<Me, { status: 'active' }> & {
  /** Where they need support access, in the organization of the address; see `visit.tsx`. */
  readonly visit?: VisitedOrganization;
};

const rulesIn = ({ user, visit }: Member, organizationId: string): Rule[] =>
  visit?.organizationId === organizationId ? rulesOfVisit(organizationId, visit.as) : rulesFor(user);

/**
 * Asked anew for each visit of a page group and of the window: a role that was changed shows without signing
 * in again.
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

/** What a rule may ask of the thing that something is done to. */
export type Facts = Omit<Instance, 'organizationId'>;

/** The server's rules decide here too, by the same code, so that nobody is offered what would be refused. */
export const may = (
  member: Member,
  action: Action,
  subject: Subject,
  organizationId: string,
  facts: Facts = {},
): boolean =>
  allows(abilityOf(rulesIn(member, organizationId)), action, subject, { ...facts, organizationId });

const OrganizationContext = createContext<OrganizationSummary | null>(null);

/** Whether an action goes on in the organization of the page, even if that is frozen because it leaves. */
function useGoesOn() {
  const isFrozen = use(OrganizationContext)?.frozenAt !== undefined;
  return (action: Action, subject: Subject) => !isFrozen || goesOnWhileLeaving(action, subject);
}

/**
 * Whether the person who is signed in may do this in an organization, to the instance that the facts
 * describe.
 */
export const useMay = (organizationId: string) => {
  const member = useMember();
  const goesOn = useGoesOn();
  return (action: Action, subject: Subject, facts?: Facts) =>
    goesOn(action, subject) && may(member, action, subject, organizationId, facts);
};

/** Whether they may do it to something at least: worth offering a form in which they choose what. */
export const useMayToSome = () => {
  const member = useMember();
  const goesOn = useGoesOn();
  const ability = abilityOf(rulesIn(member, member.visit?.organizationId ?? member.organization.id));
  return (action: Action, subject: Subject) => goesOn(action, subject) && mayAllow(ability, action, subject);
};

/** What every page of an organization knows of it. */
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

/** The organization whose pages these are: one's own, or the one that a super admin visits. */
export function useOrganization(): OrganizationSummary {
  const organization = use(OrganizationContext);
  if (organization === null) throw new Error('There is no OrganizationProvider above.');
  return organization;
}
