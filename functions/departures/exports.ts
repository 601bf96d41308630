import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { keepExports } from '../../domain/departure/keep-exports.ts';
import { OrganizationId } from '../../domain/ids.ts';
import { keepPersonExports, notePersonData } from '../../domain/person-data/keep-person-exports.ts';
import { partitionPatterns } from '../../domain/table/layout.ts';
import { roleClient } from '../../domain/table/tables.ts';
import { exportStore } from '../aws/export-store.ts';
import { invokeNow } from '../aws/lambda.ts';
import { jobDone } from '../metrics.ts';
import { exportSettings } from '../settings.ts';

const logger = new Logger();
const { TABLE_NAME, EXPORT_BUCKET_NAME, CHECKPOINTS_FUNCTION_NAME } = exportSettings();
const { departures, everyOrganization, personDataDue } = partitionPatterns;
const plane = roleClient(TABLE_NAME, [departures, everyOrganization, personDataDue]);
/** A schedule's input is empty; a request for a person's data names its organization. */
const Input = z.object({ organizationId: z.optional(OrganizationId) });
const Taken = z.object({ size: z.int() });

/** Time reserved for the last files and records when a run stops. */
const marginMs = 60_000;

/**
 * Continues the exports of departing organizations and of personal data, every five minutes, for as long as
 * Lambda allows. The next run continues the rest.
 */
export const handler = async (event: unknown, context: Context): Promise<void> => {
  logger.addContext(context);
  const until = new Date(Date.now() + Math.max(context.getRemainingTimeInMillis() - marginMs, 10_000));
  const { organizationId: asked } = Input.parse(event);
  const store = exportStore(EXPORT_BUCKET_NAME);
  const clock = () => new Date();
  if (asked !== undefined) await notePersonData(plane, asked, clock());
  const ofPeople = await keepPersonExports({ plane, store, clock, until });
  if (asked !== undefined) return report(ofPeople.failures);
  const ofOrganizations = await keepExports({
    plane,
    store,
    checkpoint: async (organizationId) =>
      Taken.parse(await invokeNow(CHECKPOINTS_FUNCTION_NAME, { organizationId })).size,
    clock,
    until,
  });
  report([...ofPeople.failures, ...ofOrganizations.failures]);
  jobDone('exports');
};

function report(failures: readonly unknown[]): void {
  logger.info('exports kept', { failed: failures.length });
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} exports failed`);
}
