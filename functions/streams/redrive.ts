import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { failuresWaiting } from '../../events/alarming.ts';
import { failureBucket } from '../aws/failure-bucket.ts';
import { invokeNow } from '../aws/lambda.ts';
import { jobDone } from '../metrics.ts';
import { redriveSettings } from '../settings.ts';
import { type ReplayReport, replayFailures } from './replay-failures.ts';

const logger = new Logger();
const { FAILURE_BUCKET, AUDIT_WRITER_NAME, EVENT_PUBLISHER_NAME } = redriveSettings();
const bucket = failureBucket(FAILURE_BUCKET);

/** A schedule counts waiting records; an operator replays them. */
const Input = z.object({ does: z.enum(['count', 'replay']) });

/** Enough time for one more object, for each of whose parts the functions wait a minute at most. */
const reserveMs = 150_000;

/**
 * Counts waiting records in the failure bucket, or replays them: see `replayFailures`. No one needs
 * permission to invoke the consumers themselves, which would allow forging entries: this function only
 * forwards what the bucket contains.
 */
export async function handler(event: unknown, context: Context): Promise<ReplayReport> {
  logger.addContext(context);
  const replays = Input.parse(event).does === 'replay';
  const report = await replayFailures({
    bucket,
    consumers: [AUDIT_WRITER_NAME, EVENT_PUBLISHER_NAME],
    invoke: invokeNow,
    hasTime: () => replays && context.getRemainingTimeInMillis() > reserveMs,
  });
  if (report.waiting > 0) logger.error(failuresWaiting, { ...report });
  if (replays) logger.info('failures replayed', { ...report });
  else jobDone('redrive');
  return report;
}
