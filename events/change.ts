import * as z from 'zod/mini';
import { differingNames, same } from '../domain/difference.ts';
import { erasedPerson } from '../domain/ids.ts';
import { kindOf } from '../domain/nouns.ts';
import type { ItemKind } from '../domain/table/item.ts';
import { type ItemKey, partsOfKey } from '../domain/table/kinds.ts';
import { belongsTo, indexes } from '../domain/table/layout.ts';

/** The change stamp, as stored in an item. */
const Stamp = z.object({
  by: z.string(),
  name: z.optional(z.string()),
  role: z.string(),
  action: z.string(),
  requestId: z.string(),
  impersonatedBy: z.optional(z.string()),
  supportAccess: z.optional(z.string()),
  ip: z.optional(z.string()),
  userAgent: z.optional(z.string()),
  order: z.optional(z.string()),
  names: z.optional(z.record(z.string(), z.string())),
  undoes: z.optional(z.object({ id: z.string(), timestamp: z.string() })),
});
/** The stamp of a secondary change. */
const SecondaryStamp = z.object({ derived: z.literal(true) });

const image = z.record(z.string(), z.unknown());
type Image = z.infer<typeof image>;

/** A stream record with its key and images as plain JSON. Times are epoch seconds, as in DynamoDB Streams. */
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
 * One change of one item, with its actor. `actor` is null if the item doesn't identify one credibly: every
 * write needs a stamp.
 */
export interface Change {
  /** The stream event's id. */
  readonly id: string;
  /**
   * Like `id`, but changes of the same second sort in the order in which they were made. Within a
   * transaction that is the order of its list, which the stream doesn't keep.
   */
  readonly entryId: string;
  readonly organizationId: string;
  readonly entity: string;
  readonly resource: string;
  readonly actor: z.infer<typeof Stamp> | null;
  readonly action: string;
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
  readonly changed: string[];
  /** The stream's time, to the second, which no writer can choose. ISO 8601 UTC. */
  readonly timestamp: string;
  /** The writer's time, if it isn't close to the stream's. */
  readonly claimedTime: string | null;
}

/** Attributes that the audit log shows of every item, in addition to those that its kind declares. */
const commonAttributes = ['organizationId', 'revision', 'createdAt', 'updatedAt'];

/**
 * The attributes of an item that the audit log shows. Anything that its kind doesn't declare is left out:
 * keys of the table and its indexes, ids at the identity provider, and attributes added later without a
 * decision.
 */
const shown = (kind: ItemKind | undefined, fields: Image | null) => {
  if (fields === null) return null;
  return Object.fromEntries(
    [...commonAttributes, ...(kind?.trail?.shows ?? [])].flatMap((name) =>
      name in fields ? [[name, fields[name]]] : [],
    ),
  );
};

/** The actor's network details, which an erasure removes. */
const devices: readonly string[] = ['ip', 'userAgent'];

/** The noun in the action of an unstamped change: `check-in` of `check-in.expired`. */
export const unstampedNounOf = (kind: ItemKind | undefined): string =>
  kind?.trail?.unstampedNoun ?? kind?.name ?? 'unknown';

const verbs = { INSERT: 'created', MODIFY: 'updated', REMOVE: 'deleted' } as const;

/**
 * Who removed an item, and when (ISO 8601 UTC). The stream's record of a removal doesn't contain it; the
 * item's tombstone does.
 */
export interface Removal {
  readonly changed: z.infer<typeof Stamp>;
  readonly at: string;
}

/** Whether changes of an item are internal and leave no entry. */
export const isBookkeeping = (kind: ItemKind | undefined): boolean =>
  kind !== undefined && kind.trail === undefined;

/**
 * Converts a stream record to a change, or to null if it leaves no entry: bookkeeping, or secondary. An
 * item's kind and organization come from its key; its attributes are trusted only if they agree. Throws if
 * the record has no image.
 * @param removal who removed the item
 */
export function changeOf(record: StreamRecord, removal: Removal | null = null): Change | null {
  const { eventID, at, key, before, after } = record;
  const item = after ?? before;
  if (item === null) throw new Error(`stream record ${eventID} has no image`);
  const kind = kindOf(key);
  if (isBookkeeping(kind)) return null;
  const difference = shownDifference(record, kind);
  if (before !== null && after !== null && before.revision === after.revision && wasErased(before, after))
    return null;
  const secondary = secondaryClaim(record, kind, difference.changed);
  if (secondary === 'valid') return null;
  const event = eventOf(kind, key, item);
  const signed = secondary === 'none' && agrees(kind, key, item);
  const actor = signed ? actorOf(record, removal, event) : null;
  const organizationId = partsOfKey(key.pk).organization;
  const entity = kind?.name ?? 'unknown';
  return {
    id: eventID,
    entryId: `${orderOf(record, removal)}-${sequenceOf(record)}-${eventID}`,
    organizationId,
    entity,
    resource: event?.about ?? resourceOf(entity, organizationId, key.sk),
    actor,
    action: actor?.action ?? unsignedAction(record, kind, event),
    ...difference,
    timestamp: new Date(Math.floor(at) * 1000).toISOString(),
    claimedTime: misdated(after === null ? removal?.at : after.updatedAt, at),
  };
}

const namesErased = (value: unknown): boolean => typeof value === 'string' && erasedPerson.test(value);

/**
 * Whether a state equals the previous one except for an erasure: they differ only where a pseudonym
 * replaces a user. The erasure has an entry of its own; an entry per item would repeat what was erased.
 */
function isErased(before: unknown, after: unknown): boolean {
  if (namesErased(after)) return typeof before === 'string';
  const [old, left] = [before, after].map((value) => (value instanceof Set ? [...value] : value));
  if (Array.isArray(old) && Array.isArray(left))
    return old.length === left.length && old.every((part, at) => isErased(part, left[at]));
  const [was, is] = [image.safeParse(old).data, image.safeParse(left).data];
  if (was === undefined || is === undefined) return same(old, left);
  const come = Object.keys(is).filter((name) => !(name in was));
  const gone = Object.keys(was).filter((name) => !(name in is) && !devices.includes(name));
  // Names of users are keyed by their ids.
  if (come.length !== gone.length || !come.every(namesErased)) return false;
  return Object.keys(is).every((name) => !(name in was) || isErased(was[name], is[name]));
}

/** Equal, with at least one pseudonym: an unstamped write that changes nothing visible isn't excused. */
const wasErased = (before: Image, after: Image): boolean =>
  !same(before, after) &&
  erasedPerson.test(JSON.stringify([...Object.entries(after)])) &&
  isErased(before, after);

const attributesOf = (state: Image | null) => new Map(Object.entries(state ?? {}));

/**
 * What the audit log shows of both states, and which attributes differ. Attributes, because a kind declares
 * by attribute what a change may touch; users see the parts within them.
 */
function shownDifference(
  { before, after }: StreamRecord,
  kind: ItemKind | undefined,
): Pick<Change, 'before' | 'after' | 'changed'> {
  const [old, current] = [shown(kind, before), shown(kind, after)];
  const changed = differingNames(attributesOf(old), attributesOf(current));
  return { before: old, after: current, changed };
}

/**
 * Whether a change claims to be secondary, and if the claim is true: another item's entry covers a `valid`
 * one.
 */
function secondaryClaim(
  { before, after }: StreamRecord,
  kind: ItemKind | undefined,
  changed: readonly string[],
): 'none' | 'valid' | 'invalid' {
  if (!SecondaryStamp.safeParse(after?.changed).success) return 'none';
  const allowed = new Set<string>(['revision', 'updatedAt', ...(kind?.trail?.secondary ?? [])]);
  return before !== null && changed.every((name) => allowed.has(name)) ? 'valid' : 'invalid';
}

/** An access event, by its key: the only action that it can have, and its subject. */
interface AccessEvent {
  readonly action: string;
  /** Null if it isn't a subject that events of its partition can have. */
  readonly about: string | null;
}

/** The access event that an item represents, or null for any other item. */
function eventOf(kind: ItemKind | undefined, { pk }: ItemKey, { about }: Image): AccessEvent | null {
  const only = kind?.trail?.onlyAction?.[partsOfKey(pk).partition];
  if (only === undefined) return null;
  const fits = typeof about === 'string' && about.startsWith(only.about);
  return { action: only.action, about: fits ? about : null };
}

/**
 * Who made a change whose item agrees with its key, or null if that isn't credible. A removal has no stamp:
 * the old image names the last writer, not the remover.
 */
function actorOf(
  { before, after }: StreamRecord,
  removal: Removal | null,
  event: AccessEvent | null,
): Change['actor'] {
  const stamp = (after === null ? removal?.changed : stampOf(before, after)) ?? null;
  if (event === null) return stamp;
  const fits = event.about !== null && (after === null || stamp?.action === event.action);
  return fits ? stamp : null;
}

/** The action of a change without a credible actor. */
const unsignedAction = (
  { eventName, after }: StreamRecord,
  kind: ItemKind | undefined,
  event: AccessEvent | null,
): string =>
  event === null || after === null ? `${unstampedNounOf(kind)}.${verbs[eventName]}` : event.action;

// The longest sequence number, 40 decimal digits, in base 36.
const sequenceDigits = 26;
const sequenceOf = ({ sequence }: StreamRecord): string =>
  BigInt(sequence).toString(36).padStart(sequenceDigits, '0');

const Ordered = z.object({ order: z.string().check(z.regex(/^[\da-z]{11}$/)) });

/**
 * The order in a change's stamp. A change without a stamp, which no use case writes, sorts first within its
 * second.
 */
function orderOf({ after, at }: StreamRecord, removal: Removal | null): string {
  const stamp = Ordered.safeParse(after === null ? removal?.changed : after.changed).data;
  return stamp?.order ?? (Math.floor(at) * 1000).toString(36).padStart(9, '0').padEnd(11, '0');
}

/** Whether an item's attributes match its key, and its index keys stay within its organization. */
function agrees(kind: ItemKind | undefined, { pk }: ItemKey, item: Image): boolean {
  const stray = indexes.some(({ partitionKey: name }) => name in item && !belongsTo(String(item[name]), pk));
  const { organization } = partsOfKey(pk);
  return kind !== undefined && item.entity === kind.name && item.organizationId === organization && !stray;
}

/**
 * The stamp of this change. A stamp left over from an earlier write, whose revision didn't increase,
 * doesn't count.
 */
function stampOf(before: Image | null, after: Image): z.infer<typeof Stamp> | undefined {
  const untouched = same(before?.changed, after.changed) && before?.revision === after.revision;
  return before !== null && untouched ? undefined : Stamp.safeParse(after.changed).data;
}

const resourceOf = (entity: string, organizationId: string, sortKey: string): string =>
  entity === 'organization' ? `organization/${organizationId}` : `${entity}/${sortKey}`;

// The tolerated clock difference.
const nearSeconds = 300;

/** The writer's time, if it isn't close to the stream's. */
function misdated(time: unknown, at: number): string | null {
  if (time === undefined) return null;
  const isNear = typeof time === 'string' && Math.abs(Date.parse(time) / 1000 - at) <= nearSeconds + 1;
  return isNear ? null : String(time).slice(0, 40);
}
