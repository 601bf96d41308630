import type { Page } from 'playwright-core';
import { superAdminEmail, type TestProduct } from '../../support/product.ts';

import {
  changeRole,
  checkIn,
  correct,
  deleteTeam,
  editTeam,
  inviteMany,
  newKpi,
  newTeam,
  palette,
  shortcuts,
  suspend,
  takeBack,
  twoVersions,
} from './dialogs.ts';

/** A page of the product: who opens it, where it is, and what shows that it is there. */
export interface ProductPage {
  readonly name: string;
  readonly path: string;
  /** A selector that matches once the page has what it is for. */
  readonly ready: string;
  /** What opens the dialogs that lie over it, one after another. */
  readonly dialogs?: readonly ((page: Page) => Promise<void>)[];
}

/** A person of the example data, and the pages they open. Nobody: without signing in. */
export interface Visit {
  readonly person: string | null;
  readonly pages: readonly ProductPage[];
}

const page = (
  name: string,
  path: string,
  ready = 'h1',
  dialogs: ProductPage['dialogs'] = [],
): ProductPage => ({
  name,
  path,
  ready,
  dialogs,
});

/**
 * Every page, by who sees it: what the accessibility test, the screenshots and the user guides go through.
 */
export async function everyVisit(product: TestProduct): Promise<readonly Visit[]> {
  const token = await product.signIn(superAdminEmail);
  const { body } = await product.api('/api/admin/organizations?search=northwind', { token });
  const id: string = body.items[0].id;
  const teams = await product.api(`/api/organizations/${id}/teams`, { token });
  const kpis = await product.api(`/api/organizations/${id}/kpis`, { token });
  const users = await product.api(`/api/organizations/${id}/users?search=chloe`, { token });
  const [detail, home] = [`/admin/organizations/${id}`, `/organizations/${id}`];
  return [
    { person: null, pages: [page('sign-in', '/sign-in', 'ul li')] },
    {
      person: 'Sofia Keller',
      pages: [
        page('dashboard', '/admin/dashboard', 'svg[data-sparkline]'),
        page('organizations', '/admin/organizations', 'table'),
        page('organization-new', '/admin/organizations/new', 'form'),
        page('organization', detail),
        page('organization-users', `${detail}?tab=users`, 'table'),
        page('organization-invitations', `${detail}?tab=invitations`, 'table'),
        page('organization-teams', `${detail}?tab=teams`, 'table'),
        page('organization-kpis', `${detail}?tab=kpis`, 'table'),
        page('organization-usage', `${detail}?tab=usage`, 'svg[data-chart]'),
        page('organization-audit', `${detail}?tab=audit`, 'ol li'),
        page('organization-subscription', `${detail}?tab=subscription`, 'table'),
        page('organization-settings', `${detail}?tab=settings`, 'form', [suspend]),
        page('organization-visited', home),
        page('analytics', '/admin/analytics', 'svg[data-chart]'),
        page('audit', '/admin/audit', 'ol li'),
        page('usage-runs', '/admin/usage', 'h1'),
        page('not-found', '/nothing/here'),
      ],
    },
    {
      person: 'Amara Abara',
      pages: [
        page('home', home, 'table', [palette, shortcuts]),
        page('users', `${home}/users`, 'table', [changeRole]),
        page('person', `${home}/users/${users.body.items[0].userId}`, 'table'),
        page('person-activity', `${home}/users/${users.body.items[0].userId}?tab=activity`),
        page('account', '/account', '[role=switch]'),
        page('invitations', `${home}/invitations`, 'table', [inviteMany, takeBack]),
        page('teams', `${home}/teams`, 'table', [newTeam]),
        page('team', `${home}/teams/${teams.body.items[0].id}`, 'table', [editTeam, deleteTeam, twoVersions]),
        page('team-analytics', `${home}/teams/${teams.body.items[0].id}?tab=analytics`, 'table'),
        page('kpis', `${home}/kpis`, 'table', [newKpi]),
        page('kpi', `${home}/kpis/${kpis.body.items[0].id}`, 'svg[data-chart]', [checkIn, correct]),
        page('analytics', `${home}/analytics`, 'svg[data-chart]'),
        page('audit', `${home}/audit`, 'ol li'),
        page('settings', `${home}/settings`, 'form'),
        page('forbidden', '/admin/dashboard'),
      ],
    },
    { person: 'Chloe Castillo', pages: [page('home', home, 'form'), page('kpis', `${home}/kpis`, 'table')] },
    { person: 'Hana Haddad', pages: [page('home', home, 'form'), page('kpis', `${home}/kpis`, 'h1')] },
  ];
}

/** What is no page of the web app, but is looked at as well. */
export const localPages: readonly ProductPage[] = [
  page('console', '/local'),
  page('outbox', '/clerk/outbox'),
];
