import { Logger } from '@aws-lambda-powertools/logger';
import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { appendEntry, retentionOf } from '../../domain/audit/append-entry.ts';
import { OrganizationId } from '../../domain/ids.ts';
import { partitionPatterns } from '../../domain/table/layout.ts';
import { roleClient } from '../../domain/table/tables.ts';
import { misdatedChange, unattributedChange } from '../../events/alarming.ts';
import type { Change } from '../../events/change.ts';
import { failureSettings, tableSettings } from '../settings.ts';
import { readBatch } from './read-batch.ts';
import { setAsideIn } from './set-aside.ts';

const logger = new Logger();
const { TABLE_NAME } = tableSettings();
const trail = roleClient(TABLE_NAME, [
  partitionPatterns.audit,
  partitionPatterns.tombstones,
  partitionPatterns.organizations,
]);
const retention = retentionOf(trail);
const setAside = setAsideIn(failureSettings().FAILURE_BUCKET);

/** Turns each change of the table into an entry of its organization's audit trail. */
export const handler = (event: DynamoDBStreamEvent, context: Context) =>
  readBatch(event, context, { logger, tombstones: trail, setAside, handle: write });

async function write(change: Change): Promise<void> {
  const { id: eventId, resource, claimedTime } = change;
  const {
    by = 'unattributed',
    name: actorName,
    role = 'unknown',
    requestId,
    ip,
    userAgent,
    impersonatedBy,
    undoes,
  } = change.actor ?? {};
  const organizationId = OrganizationId.parse(change.organizationId);
  await appendEntry(
    { organizationId, ...trail },
    {
      id: change.entryId,
      organizationId,
      userId: by,
      actorName,
      role,
      action: change.action,
      resource,
      details: { before: change.before, after: change.after, changed: change.changed },
      timestamp: change.timestamp,
      requestId,
      ip,
      userAgent,
      impersonatedBy,
      undoes,
      schemaVersion: 1,
    },
    await retention(organizationId, change),
  );
  // Errors, so that they are written at every level of logging; after the entry, which may take many
  // attempts.
  if (change.actor === null) logger.error(unattributedChange, { eventId, resource });
  if (claimedTime !== null) logger.error(misdatedChange, { eventId, resource, claimedTime });
}
