import * as z from 'zod/mini';
import { differingNames, same } from '../domain/difference.ts';
import { kindOf } from '../domain/nouns.ts';
import type { ItemKind } from '../domain/table/item.ts';
import { type ItemKey, partsOfKey } from '../domain/table/kinds.ts';
import { belongsTo, indexes } from '../domain/table/layout.ts';

/** The change stamp as it travels in an item. */
const Stamp = z.object({
  by: z.string(),
  name: z.optional(z.string()),
  role: z.string(),
  action: z.string(),
  requestId: z.string(),
  impersonatedBy: z.optional(z.string()),
  ip: z.optional(z.string()),
  userAgent: z.optional(z.string()),
});
const Derived = z.object({ derived: z.literal(true) });

const image = z.record(z.string(), z.unknown());
type Image = z.infer<typeof image>;

/**
 * A stream record with its key and images as plain JSON. Times are epoch seconds, as DynamoDB Streams gives
 * them.
 */
export const StreamRecord = z.object({
  eventID: z.string(),
  eventName: z.enum(['INSERT', 'MODIFY', 'REMOVE']),
  at: z.number(),
  sequence: z.string().check(z.regex(/^\d{1,40}$/)),
  key: z.object({ pk: z.string(), sk: z.string() }),
  before: z.nullable(image),
  after: z.nullable(image),
});
export type StreamRecord = z.infer<typeof StreamRecord>;

/**
 * One change of one item, with who made it. `actor` is null when the item doesn't say so credibly: nobody may
 * write without a stamp.
 */
export interface Change {
  /** The stream event's. */
  readonly id: string;
  /** As `id`, and changes of the same second sort by it in the order in which they were made. */
  readonly entryId: string;
  readonly organizationId: string;
  readonly entity: string;
  readonly resource: string;
  readonly actor: z.infer<typeof Stamp> | null;
  readonly action: string;
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
  readonly changed: string[];
  /** When the stream has it, to the second: no writer chooses it. ISO 8601 UTC. */
  readonly timestamp: string;
  /** The time that the writer gave, when it isn't near the stream's. */
  readonly claimedTime: string | null;
}

/** What every item of the trail shows of itself, beside the attributes that its kind declares. */
const commonAttributes = ['organizationId', 'revision', 'createdAt', 'updatedAt'];

/**
 * What the trail shows of an item. What its kind doesn't declare as shown stays out: keys of the table and
 * its indexes, ids at the sign-in service, and whatever somebody adds and forgets to think about.
 */
const shown = (kind: ItemKind | undefined, fields: Image | null) => {
  if (fields === null) return null;
  return Object.fromEntries(
    [...commonAttributes, ...(kind?.trail?.shows ?? [])].flatMap((name) =>
      name in fields ? [[name, fields[name]]] : [],
    ),
  );
};

/** The noun of the action of a change that no stamp names: `check-in` of `check-in.expired`. */
export const unstampedNounOf = (kind: ItemKind | undefined): string =>
  kind?.trail?.unstampedNoun ?? kind?.name ?? 'unknown';

const verbs = { INSERT: 'created', MODIFY: 'updated', REMOVE: 'deleted' } as const;

/**
 * Who removed an item, and when (ISO 8601 UTC): the record of a removal doesn't say, what was left in its
 * place does.
 */
export interface Removal {
  readonly changed: z.infer<typeof Stamp>;
  readonly at: string;
}

/** Whether changes of an item are the product's own: they leave no entry. */
export const isBookkeeping = (kind: ItemKind | undefined): boolean =>
  kind !== undefined && kind.trail === undefined;

/**
 * Reads a stream record as a change, or as null when it is bookkeeping. What an item is and whose it is comes
 * from its key; what it says of itself counts as long as it agrees. Throws when the record has no image.
 * @param removal who removed the item
 */
export function changeOf(record: StreamRecord, removal: Removal | null = null): Change | null {
  const { eventID, eventName, key, before, after } = record;
  const item = after ?? before;
  if (item === null) throw new Error(`stream record ${eventID} has no image`);
  const kind = kindOf(key);
  if (isBookkeeping(kind)) return null;
  const { organization: organizationId, partition } = partsOfKey(key.pk);
  const entity = kind?.name ?? 'unknown';
  const [old, current] = [shown(kind, before), shown(kind, after)];
  const changed = differingAttributes(old, current);
  const echo = isEcho(kind, record, changed);
  if (echo === true) return null;

  const access = kind?.trail?.onlyAction?.[partition];
  const about = typeof item.about === 'string' && access && item.about.startsWith(access.about) && item.about;
  // A removal leaves nobody's stamp: the old image names who wrote it last, not who removed it.
  const stamp = after === null ? removal?.changed : stampOf(before, after);
  const fits = access === undefined || (about && (after === null || stamp?.action === access.action));
  const actor = (agrees(kind, key, item) && echo !== false && fits && stamp) || null;
  const claimed = after === null ? removal?.at : after.updatedAt;
  return {
    id: eventID,
    entryId: `${BigInt(record.sequence).toString(36).padStart(sequenceDigits, '0')}-${eventID}`,
    organizationId,
    entity,
    resource: about || resourceOf(entity, organizationId, key.sk),
    actor,
    action:
      actor?.action ??
      (after === null ? undefined : access?.action) ??
      `${unstampedNounOf(kind)}.${verbs[eventName]}`,
    before: old,
    after: current,
    changed,
    timestamp: new Date(Math.floor(record.at) * 1000).toISOString(),
    claimedTime: claimed === undefined || isNear(claimed, record.at) ? null : String(claimed).slice(0, 40),
  };
}

/** By attribute, since a kind declares what a change may touch by attribute; people see the parts within. */
const differingAttributes = (before: Image | null, after: Image | null): string[] =>
  differingNames(new Map(Object.entries(before ?? {})), new Map(Object.entries(after ?? {})));

// The longest sequence number, of 40 decimal digits, in base 36.
const sequenceDigits = 26;

/**
 * Whether what an item says of itself is what its key says, and whether it keeps to its organization in the
 * indexes.
 */
function agrees(kind: ItemKind | undefined, { pk }: ItemKey, item: Image): boolean {
  const stray = indexes.some(({ partitionKey: name }) => name in item && !belongsTo(String(item[name]), pk));
  const { organization } = partsOfKey(pk);
  return kind !== undefined && item.entity === kind.name && item.organizationId === organization && !stray;
}

/**
 * The stamp of whoever made this change. One that was left as it was, by a write that counted no revision, is
 * of an earlier one.
 */
function stampOf(before: Image | null, after: Image): z.infer<typeof Stamp> | undefined {
  const untouched = same(before?.changed, after.changed) && before?.revision === after.revision;
  return before !== null && untouched ? undefined : Stamp.safeParse(after.changed).data;
}

/**
 * True for a change that another item's entry tells of, false for one that only says so, undefined for every
 * other.
 */
function isEcho(
  kind: ItemKind | undefined,
  { before, after }: StreamRecord,
  changed: string[],
): boolean | undefined {
  if (!Derived.safeParse(after?.changed).success) return undefined;
  const echoed = new Set<string>(['revision', 'updatedAt', ...(kind?.trail?.repeats ?? [])]);
  return before !== null && changed.every((name) => echoed.has(name));
}

const resourceOf = (entity: string, organizationId: string, sortKey: string): string =>
  entity === 'organization' ? `organization/${organizationId}` : `${entity}/${sortKey}`;

// As far as clocks may differ.
const nearSeconds = 300;

const isNear = (time: unknown, at: number): boolean =>
  typeof time === 'string' && Math.abs(Date.parse(time) / 1000 - at) <= nearSeconds + 1;
