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

const ofOrganization: readonly {
  readonly title: PageLink['title'];
  readonly path: string;
  readonly needs?: readonly [Action, Subject];
}[] = [
  { title: 'home', path: '' },
  { title: 'users', path: '/users', needs: ['list', 'User'] },
  { title: 'invitations', path: '/invitations', needs: ['list', 'Invitation'] },
  { title: 'teams', path: '/teams', needs: ['list', 'Team'] },
  { title: 'kpis', path: '/kpis', needs: ['list', 'Kpi'] },
  { title: 'analytics', path: '/analytics', needs: ['list', 'UsageSnapshot'] },
  { title: 'audit', path: '/audit', needs: ['list', 'AuditEntry'] },
  { title: 'settings', path: '/settings', needs: ['update', 'Organization'] },
];

/** The pages of an organization that the server's own rules let somebody see. */
export const organizationLinks = (member: Member, organizationId: OrganizationId): PageLink[] =>
  ofOrganization
    .filter(({ needs }) => needs === undefined || may(member, ...needs, organizationId))
    .map(({ title, path }) => ({ title, to: `/organizations/${organizationId}${path}` }));

/** Where somebody can go from anywhere. */
export const linksOf = (member: Member): readonly PageLink[] =>
  may(member, 'list', 'Organization', PLATFORM)
    ? ofPlatform
    : organizationLinks(member, member.organization.id);
