import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { eventSource } from '../../events/domain-event.ts';

const client = new EventBridgeClient({});

/** An event for the bus: its name, when it happened (ISO 8601), and what it says. */
export interface BusEvent {
  readonly name: string;
  readonly at: string;
  readonly detail: object;
}

/** How many events PutEvents takes at once. Source: EventBridge API Reference. */
const mostEntries = 10;

/**
 * Puts events on an EventBridge bus. Throws when the bus didn't take one of them: PutEvents fails per entry,
 * not per call.
 */
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
  // Named as the call's own failures are, so that a bus that is busy is told from one that refuses.
  throw Object.assign(new Error(`the bus refused an event: ${code}`), { name: code });
}
