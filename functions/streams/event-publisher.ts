import { Logger } from '@aws-lambda-powertools/logger';
import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { partitionPatterns } from '../../domain/table/layout.ts';
import { roleClient } from '../../domain/table/tables.ts';
import { domainEventOf } from '../../events/domain-event.ts';
import { publish } from '../aws/event-bus.ts';
import { busSettings, failureSettings, tableSettings } from '../settings.ts';
import { oneByOne, readBatch } from './read-batch.ts';
import { setAsideIn } from './set-aside.ts';

const logger = new Logger();
const { EVENT_BUS_NAME } = busSettings();
const setAside = setAsideIn(failureSettings().FAILURE_BUCKET);
const tombstones = roleClient(tableSettings().TABLE_NAME, [partitionPatterns.tombstones]);

/**
 * Puts each change of the table on the bus as a domain event, at least once; consumers tell repetitions by
 * its id.
 */
export const handler = (event: DynamoDBStreamEvent, context: Context) => {
  logger.addContext(context);
  return readBatch(event, context, {
    logger,
    tombstones,
    setAside,
    handle: oneByOne((change) => publish(EVENT_BUS_NAME, domainEventOf(change))),
  });
};
