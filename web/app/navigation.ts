import { type OrganizationId, PLATFORM } from '../../domain/ids.ts';
import { features } from '../features.ts';
import { type FeaturePage, pagesUnder } from '../lib/feature.ts';
import { type Member, may } from '../lib/member.tsx';

/** A place to go to from anywhere. */
export interface PageLink extends Required<Pick<FeaturePage, 'menu'>> {
  readonly to: string;
}

const isFor = (member: Member, { needs }: FeaturePage, organizationId: OrganizationId): boolean =>
  needs === undefined || may(member, ...needs, organizationId);

/** The entries of these pages, below an address. */
function linksTo(pages: readonly FeaturePage[], address: string): readonly PageLink[] {
  const links = pages.flatMap(({ menu, path }) =>
    menu === undefined ? [] : [{ menu, to: path === '/' ? address : `${address}${path}` }],
  );
  return [...links.filter(({ menu }) => !menu.last), ...links.filter(({ menu }) => menu.last)];
}

/** The pages of an organization that the server's own rules let somebody see. */
export const organizationLinks = (member: Member, organizationId: OrganizationId): readonly PageLink[] =>
  linksTo(
    pagesUnder(features, 'organization').filter((page) => isFor(member, page, organizationId)),
    `/organizations/${organizationId}`,
  );

/** Whom the page at an address of an organization is for, when it isn't for this member; else undefined. */
export function otherAudience(member: Member, organizationId: OrganizationId, address: string) {
  const [, , , part] = address.split('/');
  const page = pagesUnder(features, 'organization').find(({ path }) => path === `/${part}`);
  return page === undefined || isFor(member, page, organizationId) ? undefined : page.audience;
}

/** Where somebody can go from anywhere. */
export const linksOf = (member: Member): readonly PageLink[] =>
  may(member, 'list', 'Organization', PLATFORM)
    ? linksTo(pagesUnder(features, 'admin'), '/admin')
    : organizationLinks(member, member.organization.id);
