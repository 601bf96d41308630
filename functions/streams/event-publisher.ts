import { Logger } from '@aws-lambda-powertools/logger';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { domainEventOf } from '../../events/domain-event.ts';
import { publish } from '../aws/event-bus.ts';
import { busSettings } from '../settings.ts';
import { readBatch } from './read-batch.ts';

const logger = new Logger();
const { EVENT_BUS_NAME } = busSettings();

/** Puts each change of the table on the bus as a domain event, at least once; consumers tell repetitions by its id. */
export const handler = (event: DynamoDBStreamEvent) =>
  readBatch(event, logger, (change) => publish(EVENT_BUS_NAME, domainEventOf(change)));
