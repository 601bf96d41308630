import { useLocation } from '@tanstack/react-router';
import { type OrganizationId, PLATFORM } from '../../domain/ids.ts';
import { features } from '../features.ts';
import { useAddressOrganization } from '../lib/address.ts';
import { type FeaturePage, pagesUnder } from '../lib/feature.ts';
import { type Member, may, useMember } from '../lib/member.tsx';
import { useTexts } from '../text/language.tsx';

/** A link to a page that is reachable from anywhere. */
export interface PageLink extends Required<Pick<FeaturePage, 'menu'>> {
  readonly to: string;
}

const isFor = (member: Member, { needs }: FeaturePage, organizationId: OrganizationId): boolean =>
  needs === undefined || may(member, ...needs, organizationId);

/** The menu links of these pages, below a base path. */
function linksTo(pages: readonly FeaturePage[], address: string): readonly PageLink[] {
  const links = pages.flatMap(({ menu, path }) =>
    menu === undefined ? [] : [{ menu, to: path === '/' ? address : `${address}${path}` }],
  );
  return [...links.filter(({ menu }) => !menu.last), ...links.filter(({ menu }) => menu.last)];
}

/** The pages of an organization that the access rules let this member see. */
export const organizationLinks = (member: Member, organizationId: OrganizationId): readonly PageLink[] =>
  linksTo(
    pagesUnder(features, 'organization').filter((page) => isFor(member, page, organizationId)),
    `/organizations/${organizationId}`,
  );

/**
 * The audience of the page at a path within an organization, if this member isn't part of it; otherwise
 * undefined.
 */
export function otherAudience(member: Member, organizationId: OrganizationId, address: string) {
  const parts = address.split('/').slice(3).filter(Boolean);
  const isAt = ({ path }: FeaturePage) => {
    const wanted = path.split('/').filter(Boolean);
    return (
      wanted.length === parts.length && wanted.every((part, at) => /^\$/.test(part) || part === parts[at])
    );
  };
  const page = pagesUnder(features, 'organization').find(isAt);
  return page === undefined || isFor(member, page, organizationId) ? undefined : page.audience;
}

/** The pages that this member can reach from anywhere. */
export const linksOf = (member: Member): readonly PageLink[] =>
  may(member, 'list', 'Organization', PLATFORM)
    ? linksTo(pagesUnder(features, 'admin'), '/admin')
    : organizationLinks(member, member.organization.id);

/** The organization that a super admin is visiting, taken from the URL; null on the platform's pages. */
export function useVisited(): OrganizationId | null {
  const own = useMember().organization.id;
  const asked = useAddressOrganization();
  const { pathname } = useLocation();
  return asked !== null && asked !== own && pathname.startsWith('/organizations/') ? asked : null;
}

/** The pages and actions available from the current page. */
export function usePlaces() {
  const member = useMember();
  const texts = useTexts();
  const visited = useVisited();
  const isSuper = may(member, 'list', 'Organization', PLATFORM);
  const here = visited ?? member.organization.id;
  const own = linksOf(member);
  // Pages of the current organization come before platform pages with the same name.
  const theirs = visited === null ? [] : organizationLinks(member, visited);
  const pageOf =
    (hint: string | undefined) =>
    ({ menu: { title, icon }, to }: PageLink) => ({
      id: to,
      label: title(texts),
      icon,
      to,
      ...(hint === undefined ? {} : { hint }),
    });
  const acts = features.flatMap(({ acts: some = [] }) => some);
  return {
    pages: [
      ...theirs.map(pageOf(undefined)),
      ...own.map(pageOf(theirs.length === 0 ? undefined : member.organization.name)),
    ],
    acts: acts.flatMap(({ title, icon, under, path, dialog, needs }) => {
      const isHere = under === 'admin' ? isSuper : here !== PLATFORM;
      const to = under === 'admin' ? `/admin${path}` : `/organizations/${here}${path}`;
      const allowed = isHere && may(member, ...needs, under === 'admin' ? PLATFORM : here);
      return allowed
        ? [{ id: title(texts), label: title(texts), icon, to, ...(dialog === undefined ? {} : { dialog }) }]
        : [];
    }),
  };
}
