import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import type { CanaryReport } from '../../domain/canary/canary.schema.ts';
import { tryCrossings } from '../../domain/canary/try-crossings.ts';
import { type OrganizationId, PROBES } from '../../domain/ids.ts';
import { stsAssumeRole, tenantCredentials } from '../../domain/table/tenant-credentials.ts';
import { canaryUnclear, isolationCrossed } from '../../events/alarming.ts';
import { openUnguarded } from '../aws/unguarded-table.ts';
import { jobDone } from '../metrics.ts';
import { tenantSettings } from '../settings.ts';

const logger = new Logger();
const { TABLE_NAME, TENANT_ROLE_ARN } = tenantSettings();
const assumeRole = stsAssumeRole(TENANT_ROLE_ARN);
const open = (probe: OrganizationId) =>
  openUnguarded(TABLE_NAME, probe, tenantCredentials(assumeRole, probe));
const [one, other] = PROBES;
const pair = [open(one), open(other)] as const;

/**
 * Tries to cross between two probe organizations with the credentials that every request has. Crossings and
 * inconclusive attempts are logged as errors, so that they are written at every log level.
 */
export const handler = async (_event: unknown, context: Context): Promise<CanaryReport> => {
  logger.addContext(context);
  const report = await tryCrossings(pair);
  for (const crossing of report.crossed) logger.error(isolationCrossed, { ...crossing });
  for (const attempt of report.unclear) logger.error(canaryUnclear, { ...attempt });
  const { crossed, unclear, ...figures } = report;
  logger.info('canary', { ...figures, crossed: crossed.length, unclear: unclear.length });
  jobDone('canary');
  return report;
};
