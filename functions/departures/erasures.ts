import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { OrganizationId } from '../../domain/ids.ts';
import { keepErasures, noteErasures } from '../../domain/person-data/keep-erasures.ts';
import { partitionPatterns } from '../../domain/table/layout.ts';
import { roleClient } from '../../domain/table/tables.ts';
import { invokeNow } from '../aws/lambda.ts';
import { jobDone } from '../metrics.ts';
import { erasureSettings } from '../settings.ts';

const logger = new Logger();
const { TABLE_NAME, CHECKPOINTS_FUNCTION_NAME } = erasureSettings();
const { everyOrganization, erasureDue } = partitionPatterns;
const plane = roleClient(TABLE_NAME, [everyOrganization, erasureDue]);
/** A schedule's input is empty; a request for an erasure names its organization. */
const Input = z.object({ organizationId: z.optional(OrganizationId) });
const Taken = z.object({ size: z.int() });

/** Time reserved for a page of entries, or a checkpoint, when a run stops. */
const marginMs = 3 * 60_000;

/**
 * Continues approved erasures every ten minutes, for as long as Lambda allows. A request is only recorded;
 * the next run starts it, once operations in flight are over.
 */
export const handler = async (event: unknown, context: Context): Promise<void> => {
  logger.addContext(context);
  const { organizationId: asked } = Input.parse(event);
  const clock = () => new Date();
  if (asked !== undefined) return await noteErasures(plane, asked, clock());
  const until = new Date(Date.now() + Math.max(context.getRemainingTimeInMillis() - marginMs, 10_000));
  const { failures } = await keepErasures({
    plane,
    checkpoint: async (organizationId) =>
      Taken.parse(await invokeNow(CHECKPOINTS_FUNCTION_NAME, { organizationId })).size,
    clock,
    until,
  });
  logger.info('erasures kept', { failed: failures.length });
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} erasures failed`);
  jobDone('erasures');
};
