import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { AwsService } from './http/endpoint.ts';
import { AwsError, jsonAnswer, jsonBody, notImplemented, targetOperation } from './http/messages.ts';
import type { Authorize } from './iam/authorizer.ts';

interface EventBridgeOptions {
  readonly region: string;
  readonly account: string;
  /** Names of the deployment's buses. */
  readonly buses: readonly string[];
  readonly authorize: Authorize;
  readonly log: BusLog;
  /** Passes an accepted event to the targets of matching rules. */
  readonly take: (bus: string, event: BusEvent) => void;
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

/**
 * PutEvents: logs the events and gives them to the rules.
 * Source: Amazon EventBridge API Reference, PutEvents.
 */
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
  options.take(bus, event);
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

/** An event as EventBridge delivers it. Source: EventBridge User Guide, "Event structure". */
const busEvent = z.object({
  version: z.literal('0'),
  id: z.string(),
  'detail-type': z.string(),
  source: z.string(),
  account: z.string(),
  time: z.string(),
  region: z.string(),
  resources: z.array(z.string()),
  detail: z.record(z.string(), z.unknown()),
});
export type BusEvent = z.infer<typeof busEvent>;

/** The events of each bus, oldest first: all of them in a file, the latest in memory for the console. */
export interface BusLog {
  append(bus: string, event: BusEvent): void;
  latest(): readonly LoggedEvent[];
}

export interface LoggedEvent {
  readonly bus: string;
  readonly event: BusEvent;
}

const keptInMemory = 500;
/** Bytes. A larger file is rotated to `<bus>.jsonl.1`, which is overwritten. */
const largestFile = 10_000_000;

export function openBusLog(folder: string, buses: readonly string[]): BusLog {
  mkdirSync(folder, { recursive: true });
  const fileOf = (bus: string) => join(folder, `${bus}.jsonl`);
  const kept: LoggedEvent[] = buses
    .flatMap((bus) => read(fileOf(bus)).map((event) => ({ bus, event })))
    .sort((a, b) => a.event.time.localeCompare(b.event.time))
    .slice(-keptInMemory);

  return {
    append(bus, event) {
      const file = fileOf(bus);
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > largestFile) renameSync(file, `${file}.1`);
      appendFileSync(file, `${JSON.stringify(event)}\n`);
      kept.push({ bus, event });
      if (kept.length > keptInMemory) kept.shift();
    },
    latest: () => kept,
  };
}

/** The events in a file. A line truncated by a kill is skipped. */
function read(file: string): BusEvent[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  return text
    .split('\n')
    .slice(-keptInMemory - 1)
    .flatMap((line) => {
      try {
        return [busEvent.parse(JSON.parse(line))];
      } catch {
        return [];
      }
    });
}
