import { Logger } from '@aws-lambda-powertools/logger';
import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { knownOrganizations } from '../../domain/audit/retention.ts';
import { departedIn } from '../../domain/departure/departed.ts';
import type { OrganizationId } from '../../domain/ids.ts';
import { partitionPatterns } from '../../domain/table/layout.ts';
import { roleClient } from '../../domain/table/tables.ts';
import { misdatedChange, unattributedChange } from '../../events/alarming.ts';
import type { Change } from '../../events/change.ts';
import { invokeLater } from '../aws/lambda.ts';
import { failureSettings, tableSettings, wakesSenderSettings } from '../settings.ts';
import { changesAppender } from './append-changes.ts';
import { readBatch } from './read-batch.ts';
import { setAsideIn } from './set-aside.ts';

const logger = new Logger();
const { TABLE_NAME } = tableSettings();
const trail = roleClient(TABLE_NAME, [
  partitionPatterns.audit,
  partitionPatterns.auditTree,
  partitionPatterns.tombstones,
  partitionPatterns.organizations,
  partitionPatterns.departures,
]);
const { WEBHOOK_SENDER_NAME } = wakesSenderSettings();
const organizations = knownOrganizations(trail, departedIn(trail));
const append = changesAppender(trail, alarm, { organizations, grown: wake });
const setAside = setAsideIn(failureSettings().FAILURE_BUCKET);

/** Turns each change in the table into an entry of its organization's audit log. */
export const handler = (event: DynamoDBStreamEvent, context: Context) => {
  logger.addContext(context);
  return readBatch(event, context, { logger, tombstones: trail, setAside, handle: append });
};

/**
 * Logs what alarms count, as errors, so that they are written at every log level, and only after the entry
 * was written, which may take many attempts.
 */
function alarm({ id: eventId, resource, actor, claimedTime }: Change): void {
  if (actor === null) logger.error(unattributedChange, { eventId, resource });
  if (claimedTime !== null) logger.error(misdatedChange, { eventId, resource, claimedTime });
}

/**
 * Triggers an organization's webhooks. The audit log doesn't wait for them: if it fails, the next change
 * triggers them.
 */
async function wake(organizationId: OrganizationId): Promise<void> {
  try {
    if (await organizations.hasWebhooks(organizationId))
      await invokeLater(WEBHOOK_SENDER_NAME, { organizationId });
  } catch (error) {
    logger.error('webhooks were not asked for', { organizationId, error });
  }
}
