import { setTimeout } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { type DriftProvider, runDrift } from '../../domain/drift/run-drift.ts';
import { AppError } from '../../domain/errors.ts';
import { PLATFORM, UserId } from '../../domain/ids.ts';
import { partitionPatterns } from '../../domain/table/layout.ts';
import { roleClient } from '../../domain/table/tables.ts';
import { driftProvider } from '../clerk/identity-provider.ts';
import { jobDone } from '../metrics.ts';
import { gatewaySettings, tableSettings } from '../settings.ts';

const logger = new Logger();
const platform = {
  organizationId: PLATFORM,
  ...roleClient(tableSettings().TABLE_NAME, [partitionPatterns.driftRuns]),
};
const provider = driftProvider(gatewaySettings().CLERK_GATEWAY_NAME);

/** The schedule has no input; a super admin requests a run. */
const Input = z.object({ dryRun: z.boolean(), requestedBy: z.optional(UserId) });

/**
 * The hourly drift check against Clerk: see `runDrift`. Starts a run once a day and otherwise continues an
 * unfinished one. If two start at once, the later continues and the earlier stops.
 */
export const handler = async (event: unknown, context: Context): Promise<{ status: string }> => {
  logger.addContext(context);
  const task = Input.parse(event);
  let answers = 0;
  const counting: DriftProvider = {
    ...provider,
    async compare(...part) {
      const page = await provider.compare(...part);
      answers += 1;
      return page;
    },
  };
  try {
    const run = await runDrift(
      {
        ...{ platform, provider: counting, clock: () => new Date() },
        ...{ left: () => context.getRemainingTimeInMillis(), pause: (ms: number) => setTimeout(ms) },
      },
      task,
    );
    // If Clerk answered nothing, nothing was done, and the missing metric raises an alarm.
    if (run?.status !== 'waiting' || answers > 0) jobDone('drift');
    if (run === null) return { status: 'not due' };
    const { startedAt, status, compared, counts, attempts, waits } = run;
    const figures = { startedAt, status, ...compared, ...counts, attempts, waits };
    if (status === 'done') logger.info('compared with Clerk', figures);
    else logger.warn('the comparison with Clerk goes on later', figures);
    return { status };
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'conflict')) throw error;
    logger.info('another start has taken over the comparison with Clerk');
    return { status: 'taken over' };
  }
};
