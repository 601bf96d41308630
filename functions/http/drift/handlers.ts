import { DriftRun } from '../../../domain/drift/drift.schema.ts';
import { latestDriftRuns } from '../../../domain/drift/drift-runs.ts';
import { requestDriftRun } from '../../../domain/drift/request-drift-run.ts';
import { findNames } from '../../../domain/organization/directory-row.ts';
import { invokeLater } from '../../aws/lambda.ts';
import type { AdminDependencies } from '../dependencies.ts';
import { resource } from '../resource.ts';
import { driftRoutes } from './routes.ts';

/** The comparison with Clerk. */
export const drift = ({ plane, driftFunction }: AdminDependencies) =>
  resource(driftRoutes, {
    listDriftRuns: async ({ ctx: { scope }, query }) => {
      const items = (await latestDriftRuns(scope, query.limit)).map((run) => DriftRun.parse(run));
      const ids = items.flatMap(({ entries }) => entries.flatMap(({ organizationId: id }) => id ?? []));
      const organizations = Object.fromEntries(await findNames(plane, ids));
      return { items, organizations };
    },
    requestDriftRun: ({ ctx, body }) =>
      requestDriftRun(ctx, body, (task) => invokeLater(driftFunction, task)),
  });
