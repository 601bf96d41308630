import type { AuditEntry } from '../audit/audit.schema.ts';
import { sha256 } from '../audit/sha256.ts';
import { entriesOf } from '../audit/stored-entries.ts';
import type { PlacedLeaf } from '../audit/stored-leaves.ts';
import { toBase64 } from '../audit/tree/hash.ts';
import { leafData, leafHash } from '../audit/tree/leaf.ts';
import { findTree } from '../audit/tree-head.ts';
import { leavesIn } from '../audit/unsealed-leaves.ts';
import type { Stored } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { bucketOf, type LogObject, logObjectFrom } from './log-objects.ts';
import type { WebhookItem } from './webhook.noun.ts';

/** The message for one position in an organization's audit log. */
export interface Message {
  readonly place: number;
  /** The place that follows it. */
  readonly after: number;
  readonly type: string;
  /** When it happened, ISO 8601 UTC; unknown for a withdrawal. */
  readonly timestamp: string;
  readonly resource?: string | undefined;
  /** JSON; null if there is nothing to send. */
  readonly body: string | null;
  /** Sent to a bucket instead. */
  readonly object?: LogObject;
}

/** What to send to a webhook. */
export interface Told {
  readonly messages: readonly Message[];
  /** Whether there is more, which only waits for the next checkpoint. */
  readonly waits?: boolean;
}

type Webhook = Pick<Stored<typeof WebhookItem>, 'kind' | 'events' | 'url' | 'region' | 'roleArn'>;

const matches = (events: readonly string[], action: string): boolean =>
  events.some(
    (one) => one === '*' || one === action || (one.endsWith('.*') && action.startsWith(one.slice(0, -1))),
  );

/** What happened, and where to read it. Like a domain event, it contains only ids, and the actor's name. */
function eventOf(entry: AuditEntry, sequence: number): string {
  const { organizationId, action, resource, timestamp, userId, actorName, role } = entry;
  const actor = { id: userId, role, ...(actorName === undefined ? {} : { name: actorName }) };
  const { changed } = entry.details;
  return JSON.stringify({
    type: action,
    timestamp,
    data: { organizationId, resource, actor, changed, sequence, entryId: entry.id },
  });
}

/**
 * An entry with its leaf: with all leaves since the first, a receiver can compute the root that checkpoints
 * sign, and a gap shows in the sequence. See docs/audit.md.
 */
const proofOf = (leaf: PlacedLeaf, entry: AuditEntry | undefined, type: string, timestamp: string): string =>
  JSON.stringify({
    type,
    timestamp,
    data: {
      sequence: leaf.sequence,
      leaf: JSON.parse(leafData(leaf)),
      leafHash: toBase64(leafHash(leaf, sha256)),
      // Absent if it has expired under the plan's retention.
      ...(entry === undefined ? {} : { entry }),
    },
  });

function messageOf({ kind, events }: Webhook, leaf: PlacedLeaf, entry: AuditEntry | undefined): Message {
  const place = leaf.sequence;
  const after = place + 1;
  const timestamp = 'timestamp' in leaf ? leaf.timestamp : '';
  const resource = entry?.resource;
  if (kind === 'audit') {
    const type = 'id' in leaf ? 'audit.entry' : (`audit.${leaf.kind}` as const);
    return { place, after, type, timestamp, resource, body: proofOf(leaf, entry, type, timestamp) };
  }
  const type = entry?.action ?? 'unknown';
  // Imported entries are old news.
  const isNews = leaf.kind === 'written' && entry !== undefined && matches(events, type);
  return { place, after, type, timestamp, resource, body: isNews ? eventOf(entry, place) : null };
}

const objectMessage = (object: LogObject): Message => ({
  ...{ place: object.from, after: object.to, type: 'audit.entries', resource: object.key },
  ...{ timestamp: object.checkpoint.time, body: object.text, object },
});

/**
 * Messages from a position on, for at most `limit` positions. The audit log is the queue: it contains every
 * change once, in a fixed order, before anyone can be notified.
 */
export async function messagesFrom(
  scope: OrganizationScope,
  webhook: Webhook,
  { from, limit, now }: { readonly from: number; readonly limit: number; readonly now: Date },
): Promise<Told> {
  const { head } = await findTree(scope);
  const to = Math.min(head.frontier.size, from + limit);
  if (from >= to) return { messages: [] };
  const bucket = bucketOf(webhook);
  if (bucket !== undefined) {
    const object = await logObjectFrom(scope, bucket, { from, now });
    return object === null ? { messages: [], waits: true } : { messages: [objectMessage(object)] };
  }
  const { leaves } = await leavesIn(scope, head, { from, to });
  const byId = await entriesOf(
    scope,
    leaves.filter((leaf) => 'id' in leaf),
  );
  const messages = leaves.map((leaf) =>
    messageOf(webhook, leaf, 'id' in leaf ? byId.get(leaf.id) : undefined),
  );
  return { messages };
}
