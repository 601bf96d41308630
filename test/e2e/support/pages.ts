import type { Page } from 'playwright-core';
import { superAdminEmail, type TestProduct } from '../../support/product.ts';
import {
  addMembers,
  addToTeam,
  changeRole,
  checkIn,
  correct,
  deleteTeam,
  editTeam,
  inviteMany,
  nameLead,
  newKpi,
  newTeam,
  palette,
  readEntry,
  removeUser,
  shortcuts,
  suspend,
  takeBack,
  twoVersions,
} from './dialogs.ts';
import { desktop } from './shapes.ts';

/** A page of the product: its user, its path, and a selector that shows that it has loaded. */
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

/** The URLs of an organization of the example data, and of one of each of its resources. */
async function addressesIn({ api, signIn }: TestProduct) {
  const token = await signIn(superAdminEmail);
  const named = async (path: string, name: string): Promise<{ id: string; leaderId: string }> =>
    (await api(path, { token })).body.items.find((one: { name: string }) => one.name === name);
  const { organization, team: itsTeam, kpis } = desktop;
  const { id } = await named('/api/admin/organizations', organization);
  const home = `/organizations/${id}`;
  const [team, kpi] = await Promise.all([
    named(`/api${home}/teams`, itsTeam),
    named(`/api${home}/kpis`, kpis[0]),
  ]);
  return {
    detail: `/admin${home}`,
    home,
    team: `${home}/teams/${team.id}`,
    kpi: `${home}/kpis/${kpi.id}`,
    person: `${home}/users/${team.leaderId}`,
  };
}

type Addresses = Awaited<ReturnType<typeof addressesIn>>;

const chart = 'svg[data-chart]';
const entries = 'ol li';
/** The content of the open tab, even if empty. */
const inTab = '[role=tabpanel] :is(table, li, p)';

const ofSuperAdmin = ({ detail, home, person }: Addresses): readonly ProductPage[] => [
  page('dashboard', '/admin/dashboard', 'svg[data-sparkline]'),
  page('organizations', '/admin/organizations', 'table'),
  page('organization-new', '/admin/organizations/new', 'form'),
  page('organization', detail),
  page('organization-users', `${detail}?tab=users`, 'table'),
  page('organization-invitations', `${detail}?tab=invitations`, 'table'),
  page('organization-teams', `${detail}?tab=teams`, 'table'),
  page('organization-kpis', `${detail}?tab=kpis`, 'table'),
  page('organization-usage', `${detail}?tab=usage`, chart),
  page('organization-audit', `${detail}?tab=audit`, entries, [readEntry]),
  page('organization-subscription', `${detail}?tab=subscription`, 'table'),
  page('organization-settings', `${detail}?tab=settings`, 'form', [suspend]),
  page('organization-visited', home),
  page('person-visited', person, 'dl'),
  page('analytics', '/admin/analytics', chart),
  page('audit', '/admin/audit', entries),
  page('approvals', '/admin/approvals', 'h2'),
  page('usage-runs', '/admin/usage', 'h1'),
  page('account', '/account', 'section'),
  page('not-found', '/nothing/here'),
];

const ofAdmin = ({ home, team, kpi, person }: Addresses): readonly ProductPage[] => [
  page('home', home, 'table', [palette, shortcuts]),
  page('users', `${home}/users`, 'table', [changeRole]),
  page('person', person, 'dl', [addToTeam, removeUser]),
  page('person-activity', `${person}?tab=activity`, inTab),
  page('invitations', `${home}/invitations`, 'table', [inviteMany, takeBack]),
  page('teams', `${home}/teams`, 'table', [newTeam]),
  page('team', team, 'table', [editTeam, deleteTeam, addMembers, nameLead, twoVersions]),
  page('team-initiatives', `${team}?tab=initiatives`, inTab),
  page('team-analytics', `${team}?tab=analytics`, 'table'),
  page('team-activity', `${team}?tab=activity`, inTab),
  page('kpis', `${home}/kpis`, 'table', [newKpi, checkIn]),
  page('kpi', kpi, chart, [checkIn, correct]),
  page('kpi-initiatives', `${kpi}?tab=initiatives`, inTab),
  page('kpi-comments', `${kpi}?tab=comments`, inTab),
  page('kpi-activity', `${kpi}?tab=activity`, inTab),
  page('analytics', `${home}/analytics`, chart),
  page('audit', `${home}/audit`, entries, [readEntry]),
  page('settings', `${home}/settings`, 'form'),
  page('account', '/account', 'section'),
  page('forbidden', '/admin/dashboard'),
];

/** Every page, by user: used by the accessibility test, the screenshots and the user guides. */
export async function everyVisit(product: TestProduct): Promise<readonly Visit[]> {
  const all = await addressesIn(product);
  const { home, team, person } = all;
  return [
    { person: null, pages: [page('sign-in', '/sign-in', 'ul li')] },
    { person: 'Sofia Keller', pages: ofSuperAdmin(all) },
    { person: 'Amara Abara', pages: ofAdmin(all) },
    {
      person: 'Chloe Castillo',
      pages: [
        page('home', home, 'form'),
        page('kpis', `${home}/kpis`, 'table'),
        page('team', team),
        page('person', person),
      ],
    },
    {
      person: 'Hana Haddad',
      pages: [page('home', home, 'form'), page('kpis', `${home}/kpis`, 'table'), page('team', team)],
    },
  ];
}

/** Pages outside the web app that are checked as well. */
export const localPages: readonly ProductPage[] = [
  page('console', '/local'),
  page('outbox', '/clerk/outbox'),
];
