import { Logger } from '@aws-lambda-powertools/logger';
import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { departedIn } from '../../domain/departure/departed.ts';
import { OrganizationId } from '../../domain/ids.ts';
import { partitionPatterns } from '../../domain/table/layout.ts';
import { roleClient } from '../../domain/table/tables.ts';
import type { Change } from '../../events/change.ts';
import { domainEventOf } from '../../events/domain-event.ts';
import { publish } from '../aws/event-bus.ts';
import { busSettings, failureSettings, tableSettings } from '../settings.ts';
import { oneByOne, readBatch } from './read-batch.ts';
import { setAsideIn } from './set-aside.ts';

const logger = new Logger();
const { EVENT_BUS_NAME } = busSettings();
const setAside = setAsideIn(failureSettings().FAILURE_BUCKET);
const reader = roleClient(tableSettings().TABLE_NAME, [
  partitionPatterns.tombstones,
  partitionPatterns.departures,
]);
const isDeparted = departedIn(reader);

/** What nobody says to have done may be the deletion of an organization's data: no event tells of its items. */
async function tell(change: Change): Promise<void> {
  if (change.actor === null && (await isDeparted(OrganizationId.parse(change.organizationId)))) return;
  await publish(EVENT_BUS_NAME, domainEventOf(change));
}

/**
 * Puts each change of the table on the bus as a domain event, at least once; consumers tell repetitions by
 * its id.
 */
export const handler = (event: DynamoDBStreamEvent, context: Context) => {
  logger.addContext(context);
  return readBatch(event, context, {
    logger,
    tombstones: reader,
    setAside,
    handle: oneByOne(tell),
  });
};
