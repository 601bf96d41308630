import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { departedIn } from '../../domain/departure/departed.ts';
import { OrganizationId } from '../../domain/ids.ts';
import { partitionPatterns } from '../../domain/table/layout.ts';
import { roleClient } from '../../domain/table/tables.ts';
import type { Change } from '../../events/change.ts';
import { domainEventOf } from '../../events/domain-event.ts';
import { publish } from '../aws/event-bus.ts';
import { busSettings, failureSettings, tableSettings } from '../settings.ts';
import { meteringEventsIn } from './metering-events.ts';
import { type Batch, oneByOne, readBatch } from './read-batch.ts';
import { recordIn } from './read-change.ts';
import { setAsideIn } from './set-aside.ts';

const logger = new Logger();
const { EVENT_BUS_NAME } = busSettings();
const setAside = setAsideIn(failureSettings().FAILURE_BUCKET);
const reader = roleClient(tableSettings().TABLE_NAME, [
  partitionPatterns.tombstones,
  partitionPatterns.departures,
]);
const isDeparted = departedIn(reader);

/**
 * A change without an actor may belong to the deletion of an organization's data, for which no events are
 * published.
 */
async function tell(change: Change): Promise<void> {
  if (change.actor === null && (await isDeparted(OrganizationId.parse(change.organizationId)))) return;
  const detail = domainEventOf(change);
  await publish(EVENT_BUS_NAME, { name: detail.name, at: detail.occurredAt, detail });
}

/** Publishes an organization's usage for each snapshot in the batch that has become final. */
async function meter({ Records }: Batch): Promise<void> {
  const events = Records.flatMap((raw) => {
    const record = recordIn(raw);
    return record === null ? [] : meteringEventsIn(record);
  });
  await publish(EVENT_BUS_NAME, ...events.map((detail) => ({ name: detail.type, at: detail.time, detail })));
}

/**
 * Publishes each change in the table as a domain event, and final usage as metering events, at least once;
 * consumers detect duplicates by id.
 */
export const handler = async (event: Batch, context: Context) => {
  logger.addContext(context);
  // First: if it fails, Lambda retries the whole batch, split in half.
  await meter(event);
  return await readBatch(event, context, {
    logger,
    tombstones: reader,
    setAside,
    handle: oneByOne(tell),
  });
};
