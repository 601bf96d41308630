import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { keepRemovals } from '../../domain/departure/keep-removals.ts';
import { partitionPatterns } from '../../domain/table/layout.ts';
import { roleClient } from '../../domain/table/tables.ts';
import { invokeNow } from '../aws/lambda.ts';
import { identityProvider } from '../clerk/identity-provider.ts';
import { jobDone } from '../metrics.ts';
import { removalSettings } from '../settings.ts';

const logger = new Logger();
const { TABLE_NAME, CHECKPOINTS_FUNCTION_NAME, CLERK_GATEWAY_NAME } = removalSettings();
const { departures, removals, everyOrganization, approvals, organizationClaims, memberClaims } =
  partitionPatterns;
const plane = roleClient(TABLE_NAME, [
  ...[departures, ...removals, everyOrganization, approvals, memberClaims],
  ...organizationClaims,
]);
const Signed = z.object({ note: z.string(), key: z.string() });

/** Time reserved for the last records when a run stops. */
const marginMs = 60_000;

/**
 * Continues approved deletions: runs every ten minutes for as long as Lambda allows; the next run
 * continues.
 */
export const handler = async (_: unknown, context: Context): Promise<void> => {
  logger.addContext(context);
  const until = new Date(Date.now() + Math.max(context.getRemainingTimeInMillis() - marginMs, 10_000));
  const { failures } = await keepRemovals({
    plane,
    link: identityProvider(CLERK_GATEWAY_NAME).link,
    certify: async (certify) => Signed.parse(await invokeNow(CHECKPOINTS_FUNCTION_NAME, { certify })),
    clock: () => new Date(),
    until,
  });
  logger.info('removals kept', { failed: failures.length });
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} deletions failed`);
  jobDone('removals');
};
