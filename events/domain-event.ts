import * as z from 'zod/mini';
import type { Change } from './change.ts';

/** A fact of the business, on the bus as EventBridge's `detail`; `detail-type` is its name. */
export const DomainEvent = z.object({
  id: z.string(),
  name: z.string(),
  version: z.literal(1),
  organizationId: z.string(),
  resource: z.string(),
  occurredAt: z.string(),
  actor: z.object({ by: z.string(), role: z.string() }),
  changed: z.array(z.string()),
});
export type DomainEvent = z.infer<typeof DomainEvent>;

/** The `source` of every event of the product. */
export const eventSource = 'mtcms';

/** The event a change is: it names what changed and where to read it, never a person's data. */
export const domainEventOf = (change: Change): DomainEvent => ({
  id: change.id,
  name: change.action,
  version: 1,
  organizationId: change.organizationId,
  resource: change.resource,
  occurredAt: change.timestamp,
  actor: { by: change.actor?.by ?? 'unattributed', role: change.actor?.role ?? 'unknown' },
  changed: change.changed,
});
