import type { AdminDependencies, OrganizationDependencies, PublicDependencies } from './dependencies.ts';
import type { Resource, Resources } from './resource.ts';
import type { Route } from './route.ts';

/**
 * A resource of the API: its rows of the route table, and what answers them. Each is loaded when it is
 * needed.
 */
interface Served<Table, Dependencies> {
  readonly routes: () => Promise<Table>;
  readonly handlers: (dependencies: Dependencies) => Promise<Resource>;
}

const served = <Table extends Readonly<Record<string, Route>>, Dependencies = unknown>(
  routes: () => Promise<Table>,
  handlers: (dependencies: Dependencies) => Promise<Resource>,
): Served<Table, Dependencies> => ({ routes, handlers });

const health = served(
  async () => (await import('./webhook/routes.ts')).publicRoutes,
  async (of: PublicDependencies) => (await import('./webhook/handlers.ts')).publicResource(of),
);

/** What has no session, by the word that names it in the path: see `find-route.ts`. */
export const publicResources = { health, webhooks: health };

// Named, because what answers it is made of all tables.
type ReferenceTable = typeof import('./reference/routes.ts').referenceRoutes;
const reference: Served<ReferenceTable, unknown> = served(
  async () => (await import('./reference/routes.ts')).referenceRoutes,
  async () => (await import('./reference/handlers.ts')).reference(await allRoutes()),
);
const analytics = served(
  async () => (await import('./analytics/routes.ts')).analyticsRoutes,
  async () => (await import('./analytics/handlers.ts')).analytics(),
);

/** What an organization's own people are served. */
export const organizationResources = {
  me: served(
    async () => (await import('./me/routes.ts')).meRoutes,
    async (of: OrganizationDependencies) => (await import('./me/handlers.ts')).me(of),
  ),
  'openapi.json': reference,
  docs: reference,
  organizations: served(
    async () => (await import('./organization/routes.ts')).organizationRoutes,
    async () => (await import('./organization/handlers.ts')).organization(),
  ),
  users: served(
    async () => (await import('./user/routes.ts')).userRoutes,
    async (of: OrganizationDependencies) => (await import('./user/handlers.ts')).users(of),
  ),
  invitations: served(
    async () => (await import('./invitation/routes.ts')).invitationRoutes,
    async (of: OrganizationDependencies) => (await import('./invitation/handlers.ts')).invitations(of),
  ),
  teams: served(
    async () => (await import('./team/routes.ts')).teamRoutes,
    async (of: OrganizationDependencies) => (await import('./team/handlers.ts')).teams(of),
  ),
  kpis: served(
    async () => (await import('./kpi/routes.ts')).kpiRoutes,
    async (of: OrganizationDependencies) => (await import('./kpi/handlers.ts')).kpis(of),
  ),
  'check-ins': served(
    async () => (await import('./check-in/routes.ts')).checkInRoutes,
    async (of: OrganizationDependencies) => (await import('./check-in/handlers.ts')).checkIns(of),
  ),
  initiatives: served(
    async () => (await import('./initiative/routes.ts')).initiativeRoutes,
    async (of: OrganizationDependencies) => (await import('./initiative/handlers.ts')).initiatives(of),
  ),
  usage: served(
    async () => (await import('./usage/routes.ts')).usageRoutes,
    async () => (await import('./usage/handlers.ts')).usage(),
  ),
  access: served(
    async () => (await import('./access/routes.ts')).accessRoutes,
    async () => (await import('./access/handlers.ts')).access(),
  ),
  analytics,
  dashboard: analytics,
  onboarding: analytics,
  audit: served(
    async () => (await import('./audit/routes.ts')).auditRoutes,
    async (of: OrganizationDependencies) => (await import('./audit/handlers.ts')).audit(of),
  ),
};

const platformAnalytics = served(
  async () => (await import('./analytics/routes.ts')).platformAnalyticsRoutes,
  async (of: AdminDependencies) => (await import('./analytics/platform-handlers.ts')).platformAnalytics(of),
);

/** What the platform's people are served. */
export const platformResources = {
  organizations: served(
    async () => (await import('./organization/platform-routes.ts')).organizationsRoutes,
    async (of: AdminDependencies) => (await import('./organization/platform-handlers.ts')).organizations(of),
  ),
  analytics: platformAnalytics,
  usage: platformAnalytics,
  audit: served(
    async () => (await import('./audit/routes.ts')).auditFeedRoutes,
    async (of: AdminDependencies) => (await import('./audit/platform-handlers.ts')).platformAudit(of),
  ),
};

type TableOf<Served> = Served extends { routes(): Promise<infer Table> } ? Table : never;
type Whole<Tables> = (Tables extends unknown ? (table: Tables) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;
type AnyOf<Resources> = Resources[keyof Resources];
type Tables = TableOf<
  AnyOf<typeof publicResources> | AnyOf<typeof organizationResources> | AnyOf<typeof platformResources>
>;

/** The rows of all resources: the route table. */
export async function allRoutes(): Promise<Whole<Tables>> {
  const resources = [publicResources, organizationResources, platformResources].flatMap(
    (some): { routes(): Promise<object> }[] => Object.values(some),
  );
  const tables = await Promise.all([...new Set(resources)].map(({ routes }) => routes()));
  return Object.assign({}, ...tables);
}

/**
 * The resources that one function serves: their handlers are loaded with the first request for one of them.
 */
export const resourcesFor = <Dependencies>(
  resources: Readonly<Record<string, Pick<Served<unknown, Dependencies>, 'handlers'>>>,
  dependencies: Dependencies,
): Resources =>
  Object.fromEntries(
    Object.entries(resources).map(([word, { handlers }]) => [word, () => handlers(dependencies)]),
  );
