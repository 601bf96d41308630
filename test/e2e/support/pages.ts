import type { Page } from 'playwright-core';
import { features } from '../../../web/features.ts';
import { type FeaturePage, type Place, pagesUnder, panelsAt } from '../../../web/lib/feature.ts';
import type { TestProduct } from '../../support/product.ts';
import * as dialogs from './dialogs.ts';
import { type Filled, filledProduct } from './filled.ts';
import { words } from './words.ts';

/** A page of the product: its path, and a selector that shows that it has loaded. */
export interface ProductPage {
  readonly name: string;
  readonly path: string;
  /** A selector that matches once the page's main content is shown. */
  readonly ready: string;
  /** The actions that open its dialogs, one after another. */
  readonly dialogs?: readonly ((page: Page) => Promise<void>)[];
}

/** A user of the example data, and the pages that they open. Nobody: without signing in. */
export interface Visit {
  readonly person: string | null;
  readonly pages: readonly ProductPage[];
}

/** A title, and nothing that is still loading. */
const loaded = `main:not(:has([role=status][aria-label="${words.common.loading}"])) h1`;
const chart = 'svg[data-chart]';
const entries = 'ol li';

type More = Partial<Pick<ProductPage, 'ready' | 'dialogs'>>;

/** What is to be known about a page besides its address: when it is ready, and its dialogs. */
const more: Readonly<Record<FeaturePage['under'], Readonly<Record<string, More>>>> = {
  public: { '/sign-in': { ready: 'ul li' } },
  member: { '/account': { dialogs: [dialogs.askErasure] } },
  admin: {
    '/dashboard': { ready: 'svg[data-sparkline]' },
    '/analytics': { ready: chart },
    '/audit': { ready: entries },
    '/approvals': { dialogs: [dialogs.addSuperAdmin] },
    '/usage': { dialogs: [dialogs.fillDays] },
    '/organizations/$organizationId?tab=usage': { ready: chart },
    '/organizations/$organizationId?tab=audit': { ready: entries, dialogs: [dialogs.readEntry] },
    '/organizations/$organizationId?tab=settings': { dialogs: [dialogs.suspend, dialogs.offboard] },
  },
  organization: {
    '/': { dialogs: [dialogs.palette, dialogs.shortcuts] },
    '/users': { dialogs: [dialogs.changeRole] },
    '/users/$userId': { dialogs: [dialogs.addToTeam, dialogs.removeUser] },
    '/invitations': { dialogs: [dialogs.inviteMany, dialogs.takeBack] },
    '/teams': { dialogs: [dialogs.newTeam] },
    '/teams/$teamId': {
      dialogs: [
        dialogs.editTeam,
        dialogs.deleteTeam,
        dialogs.addMembers,
        dialogs.nameLead,
        dialogs.twoVersions,
      ],
    },
    '/kpis': { dialogs: [dialogs.newKpi, dialogs.checkIn, dialogs.importCheckIns] },
    '/kpis/$kpiId': { ready: chart, dialogs: [dialogs.checkIn, dialogs.correct, dialogs.setConfidence] },
    '/kpis/$kpiId?tab=initiatives': { dialogs: [dialogs.newInitiative] },
    '/analytics': { ready: chart },
    '/audit': { ready: entries, dialogs: [dialogs.readEntry] },
    '/support-access': { dialogs: [dialogs.endAccess] },
    '/api-keys': { dialogs: [dialogs.newKey, dialogs.revokeKey] },
    '/webhooks': { dialogs: [dialogs.newBucket] },
    '/webhooks/$webhookId': { dialogs: [dialogs.rotateSecret, dialogs.deleteWebhook] },
  },
};

/** Tabs that a page has of its own; those of other features are their panels. */
const ownTabs: { readonly [At in Place]?: readonly string[] } = {
  organization: ['subscription', 'settings'],
};

const tabsAt = (place: Place): readonly string[] => [
  ...panelsAt(features, place).flatMap((panel) => ('title' in panel ? [panel.name] : [])),
  ...(ownTabs[place] ?? []),
];

/** `/teams/$teamId?tab=kpis` is called `team-kpis`. */
const nameOf = (path: string): string =>
  path
    .replaceAll(/(\w+)s\/\$\1Id/g, '$1')
    .split(/\W+(?:tab=)?/)
    .filter((part) => part !== '')
    .join('-') || 'home';

/** Every page of this kind, and every tab of it. */
function everyPage(under: FeaturePage['under'], ids: Filled): readonly ProductPage[] {
  const paths = pagesUnder(features, under).flatMap(({ path, place }) => [
    path,
    ...(place === undefined ? [] : tabsAt(place)).map((tab) => `${path}?tab=${tab}`),
  ]);
  const unknown = Object.keys(more[under]).filter((path) => !paths.includes(path));
  if (unknown.length > 0) throw new Error(`no feature has these pages: ${unknown}`);
  const base = {
    public: '',
    member: '',
    admin: '/admin',
    organization: `/organizations/${ids.organization}`,
  };
  return paths.map((path) => ({
    ...page(nameOf(path), `${base[under]}${addressOf(path, ids)}`.replace(/\/$/, '')),
    ...more[under][path],
  }));
}

/** A path with the IDs of the example data. */
function addressOf(path: string, ids: Filled): string {
  const known: Readonly<Record<string, string>> = {
    ...{ team: ids.team, kpi: ids.kpi, user: ids.user, webhook: ids.webhook },
    organization: path.startsWith('/departures') ? ids.leaving : ids.organization,
  };
  return path.replaceAll(/\$(\w+)Id/g, (parameter, what: string) => {
    const id = known[what];
    if (id === undefined) throw new Error(`${path}: the example data have no ${parameter}`);
    return id;
  });
}

const page = (name: string, path: string, ready = loaded): ProductPage => ({ name, path, ready });

/**
 * Every page, by user: derived from the features, so that a new page is visited without being added here.
 * Used by the accessibility test and the screenshots.
 */
export async function everyVisit(product: TestProduct): Promise<readonly Visit[]> {
  const ids = await filledProduct(product);
  const home = `/organizations/${ids.organization}`;
  const leaving = `/organizations/${ids.leaving}`;
  const ofOrganization = everyPage('organization', ids);
  const shown = (...names: string[]) =>
    ofOrganization.filter(({ name }) => names.includes(name)).map((one) => ({ ...one, dialogs: [] }));
  return [
    { person: null, pages: everyPage('public', ids) },
    {
      person: 'Sofia Keller',
      pages: [
        ...everyPage('admin', ids),
        // Who belongs to no organization has no data to be erased.
        ...everyPage('member', ids).map((one) => ({ ...one, dialogs: [] })),
        { ...page('organization-visited', home), dialogs: [dialogs.viewAs, dialogs.extendAccess] },
        ...shown('user'),
        page('organization-closed', `/organizations/${ids.closed}`, '[role=dialog] form'),
        page('not-found', '/nothing/here'),
      ],
    },
    {
      person: 'Amara Abara',
      pages: [
        ...ofOrganization,
        ...everyPage('member', ids),
        page('webhook-bucket', `${home}/webhooks/${ids.bucket}`),
        page('former-data', `${home}/users/${ids.former}?tab=data`),
        page('forbidden', '/admin/dashboard'),
      ],
    },
    {
      person: ids.adminOfLeaving,
      pages: [page('leaving', leaving), page('leaving-export', `${leaving}/data-export`)],
    },
    {
      person: 'Chloe Castillo',
      pages: shown('home', 'kpis', 'team', 'user'),
    },
    {
      person: 'Hana Haddad',
      pages: [...shown('home', 'kpis', 'team'), ...everyPage('member', ids)],
    },
  ];
}

/** Pages outside the web app that are checked as well. */
export const localPages: readonly ProductPage[] = [
  page('console', '/local', 'h1'),
  page('outbox', '/clerk/outbox', 'h1'),
];
