import type { Action, Subject } from '../../domain/access/permission.ts';
import { type OrganizationId, PLATFORM } from '../../domain/ids.ts';
import { may } from '../lib/access.ts';
import type { Member } from '../lib/me.tsx';
import type { Texts } from '../text/english.ts';

/** A place to go to from anywhere; `title` names its text in the catalogue. */
export interface PageLink {
  readonly title: keyof Texts['shell']['links'];
  readonly to: string;
}

const ofPlatform: readonly PageLink[] = [
  { title: 'dashboard', to: '/admin/dashboard' },
  { title: 'organizations', to: '/admin/organizations' },
  { title: 'newOrganization', to: '/admin/organizations/new' },
  { title: 'analytics', to: '/admin/analytics' },
  { title: 'audit', to: '/admin/audit' },
  { title: 'usageRuns', to: '/admin/usage' },
];

interface OrganizationPage {
  readonly title: PageLink['title'];
  readonly path: string;
  readonly needs?: readonly [Action, Subject];
  /** Whom it is for, where that isn't everybody. */
  readonly audience?: keyof Texts['errors']['audiences'];
}

const ofOrganization: readonly OrganizationPage[] = [
  { title: 'home', path: '' },
  { title: 'users', path: '/users', needs: ['list', 'User'], audience: 'leaders' },
  { title: 'invitations', path: '/invitations', needs: ['list', 'Invitation'], audience: 'leaders' },
  { title: 'teams', path: '/teams', needs: ['list', 'Team'] },
  { title: 'kpis', path: '/kpis', needs: ['list', 'Kpi'] },
  { title: 'analytics', path: '/analytics', needs: ['list', 'UsageSnapshot'], audience: 'admins' },
  { title: 'audit', path: '/audit', needs: ['list', 'AuditEntry'], audience: 'admins' },
  { title: 'settings', path: '/settings', needs: ['update', 'Organization'], audience: 'admins' },
];

const isFor = (member: Member, { needs }: OrganizationPage, organizationId: OrganizationId): boolean =>
  needs === undefined || may(member, ...needs, organizationId);

/** The pages of an organization that the server's own rules let somebody see. */
export const organizationLinks = (member: Member, organizationId: OrganizationId): PageLink[] =>
  ofOrganization
    .filter((page) => isFor(member, page, organizationId))
    .map(({ title, path }) => ({ title, to: `/organizations/${organizationId}${path}` }));

/** Whom the page at an address of an organization is for, when it isn't for this member; else undefined. */
export function otherAudience(member: Member, organizationId: OrganizationId, address: string) {
  const [, , , part] = address.split('/');
  const page = ofOrganization.find(({ path }) => path === `/${part}`);
  return page === undefined || isFor(member, page, organizationId) ? undefined : page.audience;
}

/** Where somebody can go from anywhere. */
export const linksOf = (member: Member): readonly PageLink[] =>
  may(member, 'list', 'Organization', PLATFORM)
    ? ofPlatform
    : organizationLinks(member, member.organization.id);
