import type { OrganizationDependencies } from './dependencies.ts';
import type { Resource, Resources } from './resource.ts';
import type { Route } from './route.ts';

/** A resource of the API: its routes and their handlers, each loaded on demand. */
interface Served<Table> {
  readonly routes: () => Promise<Table>;
  readonly handlers: (of: OrganizationDependencies) => Promise<Resource>;
}

const served = <Table extends Readonly<Record<string, Route>>>(
  routes: Served<Table>['routes'],
  handlers: Served<Table>['handlers'],
): Served<Table> => ({ routes, handlers });

// A type of its own, because its handlers are built from all tables.
type ReferenceTable = typeof import('./reference/routes.ts').referenceRoutes;
const reference: Served<ReferenceTable> = served(
  async () => (await import('./reference/routes.ts')).referenceRoutes,
  async () => (await import('./reference/handlers.ts')).reference(await allRoutes()),
);
const analytics = served(
  async () => (await import('./analytics/routes.ts')).analyticsRoutes,
  async () => (await import('./analytics/handlers.ts')).analytics(),
);

/** The resources for an organization's members, by path segment; see `find-route.ts`. */
const organizationResources = {
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
  comments: served(
    async () => (await import('./comment/routes.ts')).commentRoutes,
    async (of: OrganizationDependencies) => (await import('./comment/handlers.ts')).comments(of),
  ),
  usage: served(
    async () => (await import('./usage/routes.ts')).usageRoutes,
    async () => (await import('./usage/handlers.ts')).usage(),
  ),
  access: served(
    async () => (await import('./access/routes.ts')).accessRoutes,
    async () => (await import('./access/handlers.ts')).access(),
  ),
  'mail-settings': served(
    async () => (await import('./mail/routes.ts')).mailRoutes,
    async (of: OrganizationDependencies) => (await import('./mail/handlers.ts')).mailSettings(of),
  ),
  'support-access': served(
    async () => (await import('./support-access/routes.ts')).supportAccessRoutes,
    async (of: OrganizationDependencies) => (await import('./support-access/handlers.ts')).supportAccess(of),
  ),
  'data-export': served(
    async () => (await import('./departure/routes.ts')).dataExportRoutes,
    async () => (await import('./departure/handlers.ts')).dataExport(),
  ),
  'person-data': served(
    async () => (await import('./person-data/routes.ts')).personDataRoutes,
    async (of: OrganizationDependencies) => (await import('./person-data/handlers.ts')).personData(of),
  ),
  'api-keys': served(
    async () => (await import('./api-key/routes.ts')).apiKeyRoutes,
    async (of: OrganizationDependencies) => (await import('./api-key/handlers.ts')).apiKeys(of),
  ),
  'outgoing-webhooks': served(
    async () => (await import('./outgoing-webhook/routes.ts')).outgoingWebhookRoutes,
    async (of: OrganizationDependencies) =>
      (await import('./outgoing-webhook/handlers.ts')).outgoingWebhooks(of),
  ),
  analytics,
  dashboard: analytics,
  onboarding: analytics,
  audit: served(
    async () => (await import('./audit/routes.ts')).auditRoutes,
    async (of: OrganizationDependencies) => (await import('./audit/handlers.ts')).audit(of),
  ),
};

type TableOf<Resource> = Resource extends Served<infer Table> ? Table : never;
type Whole<Tables> = (Tables extends unknown ? (table: Tables) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;
type OrganizationTable = Whole<TableOf<(typeof organizationResources)[keyof typeof organizationResources]>>;

/** All routes: of these resources, of the platform, and the public ones. */
export async function allRoutes() {
  const [
    { publicRoutes },
    { organizationsRoutes },
    { platformAnalyticsRoutes },
    { auditFeedRoutes },
    more,
    leaving,
    comparing,
  ] = await Promise.all([
    import('./webhook/routes.ts'),
    import('./organization/platform-routes.ts'),
    import('./analytics/routes.ts'),
    import('./audit/routes.ts'),
    import('./approval/routes.ts'),
    import('./departure/platform-routes.ts'),
    import('./drift/routes.ts'),
  ]);
  const loaders = new Set(Object.values(organizationResources).map(({ routes }) => routes));
  const tables = await Promise.all([...loaders].map((load): Promise<object> => load()));
  const ofOrganizations: OrganizationTable = Object.assign({}, ...tables);
  return {
    ...publicRoutes,
    ...ofOrganizations,
    ...organizationsRoutes,
    ...platformAnalyticsRoutes,
    ...auditFeedRoutes,
    ...more.approvalRoutes,
    ...leaving.departureRoutes,
    ...comparing.driftRoutes,
  };
}

/** The resources as a function serves them: handlers are loaded with the first request for one of them. */
export const resourcesFor = (dependencies: OrganizationDependencies): Resources =>
  Object.fromEntries(
    Object.entries(organizationResources).map(([word, { handlers }]) => [word, () => handlers(dependencies)]),
  );
