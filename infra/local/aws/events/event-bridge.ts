import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { jsonAnswer } from '../http/aws-answer.ts';
import { AwsError, notImplemented } from '../http/aws-error.ts';
import { jsonBody, targetOperation } from '../http/aws-request.ts';
import type { AwsService } from '../http/endpoint.ts';
import type { Authorize } from '../iam/authorizer.ts';
import type { BusEvent, BusLog } from './bus-log.ts';

export interface EventBridgeOptions {
  readonly region: string;
  readonly account: string;
  /** Names of the deployment's buses. */
  readonly buses: readonly string[];
  readonly authorize: Authorize;
  readonly log: BusLog;
}

const entry = z.strictObject({
  Source: z.string().optional(),
  DetailType: z.string().optional(),
  Detail: z.string().optional(),
  EventBusName: z.string().default('default'),
  Resources: z.array(z.string()).default([]),
  Time: z.number().optional(),
  TraceHeader: z.string().optional(),
});
type Entry = z.infer<typeof entry>;
const putEvents = z.strictObject({ Entries: z.array(entry).min(1).max(10) });
const detail = z.record(z.string(), z.unknown());

const largestEntry = 256 * 1024;

/** PutEvents: takes events, keeps them, and delivers them to nobody. Source: Amazon EventBridge API Reference, PutEvents. */
export const eventBridge = (options: EventBridgeOptions): AwsService => ({
  protocol: 'json-1.1',
  async handle(request, caller) {
    const operation = targetOperation(request, 'AWSEvents');
    if (operation !== 'PutEvents') throw notImplemented('events', operation);
    const parsed = putEvents.safeParse(jsonBody(request));
    if (!parsed.success) throw new AwsError('ValidationException', parsed.error.message);
    for (const { EventBusName, Source, DetailType } of parsed.data.Entries)
      await options.authorize(caller, {
        action: 'events:PutEvents',
        resource: busArn(EventBusName, options),
        context: {
          ...(Source === undefined ? {} : { 'events:source': Source }),
          ...(DetailType === undefined ? {} : { 'events:detail-type': DetailType }),
        },
      });
    const results = parsed.data.Entries.map((one) => accept(one, options));
    const failed = results.filter((result) => 'ErrorCode' in result).length;
    return jsonAnswer({ FailedEntryCount: failed, Entries: results });
  },
});

const busArn = (bus: string, { region, account }: EventBridgeOptions) =>
  bus.startsWith('arn:') ? bus : `arn:aws:events:${region}:${account}:event-bus/${bus}`;

const invalid = (ErrorCode: string, ErrorMessage: string) => ({ ErrorCode, ErrorMessage });

/** Each entry is accepted or refused on its own. */
function accept(one: Entry, options: EventBridgeOptions) {
  const bus = busArn(one.EventBusName, options).split('/').at(-1) ?? '';
  const { Source, DetailType, Detail } = one;
  if (!Source)
    return invalid(
      'InvalidArgument',
      'Parameter Source is not valid. Reason: Source is a required argument.',
    );
  if (!DetailType)
    return invalid(
      'InvalidArgument',
      'Parameter DetailType is not valid. Reason: DetailType is a required argument.',
    );
  if (Source.startsWith('aws.'))
    return invalid('NotAuthorizedForSourceException', `Not authorized for the source ${Source}.`);
  if (sizeOf(one) > largestEntry)
    return invalid('InvalidArgument', 'Total size of the entry is more than 256 KB.');
  const parsed = parseDetail(Detail);
  if (parsed === undefined) return invalid('MalformedDetail', 'Detail is malformed.');
  if (!options.buses.includes(bus))
    return invalid('ResourceNotFoundException', `Event bus ${bus} does not exist.`);
  const event: BusEvent = {
    version: '0',
    id: randomUUID(),
    'detail-type': DetailType,
    source: Source,
    account: options.account,
    time: new Date(one.Time === undefined ? Date.now() : one.Time * 1000)
      .toISOString()
      .replace(/\.\d+Z$/, 'Z'),
    region: options.region,
    resources: one.Resources,
    detail: parsed,
  };
  options.log.append(bus, event);
  return { EventId: event.id };
}

/** Detail is the text of a JSON object. */
function parseDetail(text: string | undefined) {
  try {
    return detail.safeParse(JSON.parse(text ?? '')).data;
  } catch {
    return undefined;
  }
}

// Source: EventBridge User Guide, "Calculating PutEvents event entry size".
function sizeOf({ Time, Source = '', DetailType = '', Detail = '', Resources }: Entry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  return (Time === undefined ? 0 : 14) + texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}
