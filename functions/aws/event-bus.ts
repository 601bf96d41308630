import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { type DomainEvent, eventSource } from '../../events/domain-event.ts';

const client = new EventBridgeClient({});

/**
 * Puts one event on an EventBridge bus. Throws when the bus didn't take it: PutEvents fails per entry, not
 * per call.
 */
export async function publish(busName: string, event: DomainEvent): Promise<void> {
  const { FailedEntryCount, Entries } = await client.send(
    new PutEventsCommand({
      Entries: [
        {
          EventBusName: busName,
          Source: eventSource,
          DetailType: event.name,
          Detail: JSON.stringify(event),
          Time: new Date(event.occurredAt),
        },
      ],
    }),
  );
  if (!FailedEntryCount) return;
  const { ErrorCode: code = 'unknown' } = Entries?.[0] ?? {};
  // Named as the call's own failures are, so that a bus that is busy is told from one that refuses.
  throw Object.assign(new Error(`the bus refused an event: ${code}`), { name: code });
}
