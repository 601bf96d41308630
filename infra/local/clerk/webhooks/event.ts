import { newId } from '../store/new-id.ts';
import type { State } from '../store/state.ts';

export type EventType = 'user.created' | 'user.updated' | 'user.deleted';

/** Queues a webhook in the same write as the change it tells of. Source: Clerk, webhook payload structure. */
export function enqueue(state: State, type: EventType, data: unknown, now: number): void {
  const body = JSON.stringify({ object: 'event', type, data, timestamp: now, instance_id: 'ins_local' });
  state.deliveries.push({ id: newId('msg'), body, createdAt: now });
}
