import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { eventSource } from '../../events/domain-event.ts';

const client = new EventBridgeClient({});

/** An event: its detail type, its time (ISO 8601) and its detail. */
export interface BusEvent {
  readonly name: string;
  readonly at: string;
  readonly detail: object;
}

/** The maximum number of entries per PutEvents call. Source: EventBridge API Reference. */
const mostEntries = 10;

/** Publishes events. Throws if the bus rejected any of them: PutEvents fails per entry, not per call. */
export async function publish(busName: string, ...events: readonly BusEvent[]): Promise<void> {
  for (let first = 0; first < events.length; first += mostEntries)
    await put(busName, events.slice(first, first + mostEntries));
}

async function put(EventBusName: string, events: readonly BusEvent[]): Promise<void> {
  const { FailedEntryCount, Entries = [] } = await client.send(
    new PutEventsCommand({
      Entries: events.map(({ name, at, detail }) => ({
        ...{ EventBusName, Source: eventSource, DetailType: name },
        ...{ Detail: JSON.stringify(detail), Time: new Date(at) },
      })),
    }),
  );
  if (!FailedEntryCount) return;
  const { ErrorCode: code = 'unknown' } = Entries.find(({ ErrorCode }) => ErrorCode !== undefined) ?? {};
  // Named like the call's own errors, so that throttling can be told apart from refusal.
  throw Object.assign(new Error(`the bus refused an event: ${code}`), { name: code });
}
