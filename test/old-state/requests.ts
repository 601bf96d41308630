import type { Route } from '../../functions/http/route.ts';
import { routes } from '../../functions/http/routes.ts';
import type { TestProduct } from '../support/product.ts';
import type { Recorded } from './answers.ts';

type Request = Pick<Recorded, 'caller' | 'path'>;
type Ids = Readonly<Record<string, string>>;

/** Only for users of one organization: their responses are many, and another organization's add nothing. */
const onlyOfOwn = new Set(['exportAuditEntries', 'explainAccess']);

/** The API's own description: `npm run compare-openapi` covers it. */
const aboutItself = new Set(['getOpenApiDocument', 'getReferencePage']);

/** The queries of a route; a route that isn't listed is called once without any. */
function queriesOf(at: string, userIds: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const day = (back: number) => new Date(Date.parse(at) - back * 86_400_000).toISOString().slice(0, 10);
  const all = ['limit=100'];
  return {
    listOrganizations: [
      ...all,
      'limit=2&sort=users&direction=desc',
      'search=blue',
      'status=active',
      'plan=growth',
    ],
    getSubscriptionHistory: all,
    getTrend: ['users', 'checkIns', 'organizations'].flatMap((metric) =>
      ['day', 'week', 'month'].map((by) => `metric=${metric}&by=${by}&from=${day(60)}&to=${day(0)}`),
    ),
    getBreakdown: [`metric=users&date=${day(0)}`, `metric=kpis&date=${day(40)}`],
    listUsageRuns: all,
    listAuditFeed: [`limit=100&from=${day(3)}&to=${at}`],
    listUsers: [...all, 'limit=100&role=team_leader', 'limit=100&search=a'],
    listInvitations: all,
    listTeams: all,
    listKpis: [...all, 'limit=100&status=on_track'],
    listCheckIns: all,
    listUsage: [`from=${day(90)}&to=${day(0)}`],
    listAuditEntries: [`limit=100&to=${at}`, `limit=100&action=user.&to=${at}`],
    exportAuditEntries: [`format=csv&to=${at}`, `format=jsonl&to=${at}`],
    explainAccess: ['', ...userIds.slice(0, 3).map((id) => `&userId=${id}`)].flatMap((who) =>
      ['read', 'update'].flatMap((action) =>
        ['Team', 'Kpi', 'User'].map((resource) => `action=${action}&resource=${resource}${who}`),
      ),
    ),
  };
}

/** Everything of an organization that a path can refer to. */
async function thingsOf(
  product: TestProduct,
  token: string,
  organizationId: string,
): Promise<readonly Ids[]> {
  const base = `/api/organizations/${organizationId}`;
  const list = async (of: string): Promise<{ id: string; userId: string }[]> =>
    (await product.api(`${base}/${of}?limit=100`, { token })).body.items;
  const kpis = await list('kpis');
  return [
    ...(await list('teams')).map(({ id }) => ({ organizationId, teamId: id })),
    ...(await list('users')).map(({ userId }) => ({ organizationId, userId })),
    ...kpis.map(({ id }) => ({ organizationId, kpiId: id })),
  ];
}

/** The paths of a route for all items whose ids it contains. */
function pathsOf({ path }: Route, things: readonly Ids[]): string[] {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const fitting = things.filter(
    (ids) => names.every((name) => name in ids) && Object.keys(ids).length === names.length,
  );
  const filled = fitting.map((ids) => path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? ''));
  return names.length === 0 ? [path] : filled;
}

/**
 * Everything that can be read from the product, by every caller: a super admin reads all organizations,
 * others their own.
 * @param callers the super admin first
 */
export async function everyRequest(
  product: TestProduct,
  callers: readonly string[],
  at: string,
): Promise<Request[]> {
  const [superAdmin = ''] = callers;
  const token = await product.signIn(superAdmin);
  const { items } = (await product.api('/api/admin/organizations?limit=100', { token })).body;
  const organizationIds: string[] = items.map(({ id }: { id: string }) => id);
  const requests: Request[] = [];
  for (const caller of callers) {
    const { body } = await product.api('/api/me', { token: await product.signIn(caller) });
    const own = caller === superAdmin ? organizationIds : [String(body.organization.id)];
    const things = await Promise.all(own.map((id) => thingsOf(product, token, id)));
    const all: Ids[] = [...own.map((organizationId) => ({ organizationId })), ...things.flat()];
    const queries = queriesOf(
      at,
      all.flatMap(({ userId }) => userId ?? []),
    );
    for (const [name, route] of Object.entries<Route>(routes)) {
      if (route.method !== 'GET' || aboutItself.has(name)) continue;
      if (caller === superAdmin && onlyOfOwn.has(name)) continue;
      for (const path of pathsOf(route, all))
        for (const query of queries[name] ?? [''])
          requests.push({ caller, path: query === '' ? path : `${path}?${query}` });
    }
  }
  return requests;
}
