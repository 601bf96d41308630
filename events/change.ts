import * as z from 'zod/mini';
import { differingNames, same } from '../domain/difference.ts';
import { erasedPerson } from '../domain/ids.ts';
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
  supportAccess: z.optional(z.string()),
  ip: z.optional(z.string()),
  userAgent: z.optional(z.string()),
  order: z.optional(z.string()),
  names: z.optional(z.record(z.string(), z.string())),
  undoes: z.optional(z.object({ id: z.string(), timestamp: z.string() })),
});
/** That of a secondary change. */
const SecondaryStamp = z.object({ derived: z.literal(true) });

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
  /**
   * As `id`, and changes of the same second sort by it in the order in which they were made: those of one
   * transaction as it lists them, which the stream doesn't keep.
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

/** What an erasure takes away of where somebody came from. */
const devices: readonly string[] = ['ip', 'userAgent'];

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
 * Reads a stream record as a change, or as null when it leaves no entry: it is bookkeeping, or secondary.
 * What an item is and whose it is comes from its key; what it says of itself counts as long as it agrees.
 * Throws when the record has no image.
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
 * Whether a state is the one before, but that somebody was erased from it: a pseudonym stands wherever they
 * differ. The erasure has an entry of its own; one for each item would say again what was erased.
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
  // Names of people are kept by their ids.
  if (come.length !== gone.length || !come.every(namesErased)) return false;
  return Object.keys(is).every((name) => !(name in was) || isErased(was[name], is[name]));
}

/** The same, and there is such a place: a write that changes nothing that is known has no excuse. */
const wasErased = (before: Image, after: Image): boolean =>
  !same(before, after) &&
  erasedPerson.test(JSON.stringify([...Object.entries(after)])) &&
  isErased(before, after);

const attributesOf = (state: Image | null) => new Map(Object.entries(state ?? {}));

/**
 * What the trail shows of both states, and which attributes differ: attributes, since a kind declares by
 * attribute what a change may touch. People are shown the parts within them.
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
 * Whether a change says that it is secondary, and rightly: another item's entry tells of a `valid` one, an
 * `invalid` one only says so.
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

/** An access event, by its key: the only action that it can be of, and what it is about. */
interface AccessEvent {
  readonly action: string;
  /** Null when it says something that events of its partition can't be about. */
  readonly about: string | null;
}

/** The access event that an item is, or null for any other item. */
function eventOf(kind: ItemKind | undefined, { pk }: ItemKey, { about }: Image): AccessEvent | null {
  const only = kind?.trail?.onlyAction?.[partsOfKey(pk).partition];
  if (only === undefined) return null;
  const fits = typeof about === 'string' && about.startsWith(only.about);
  return { action: only.action, about: fits ? about : null };
}

/**
 * Who made a change whose item agrees with its key, or null when it doesn't say so credibly. A removal leaves
 * nobody's stamp: the old image names who wrote it last, not who removed it.
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

/** The action of a change that nobody credibly signed. */
const unsignedAction = (
  { eventName, after }: StreamRecord,
  kind: ItemKind | undefined,
  event: AccessEvent | null,
): string =>
  event === null || after === null ? `${unstampedNounOf(kind)}.${verbs[eventName]}` : event.action;

// The longest sequence number, of 40 decimal digits, in base 36.
const sequenceDigits = 26;
const sequenceOf = ({ sequence }: StreamRecord): string =>
  BigInt(sequence).toString(36).padStart(sequenceDigits, '0');

const Ordered = z.object({ order: z.string().check(z.regex(/^[\da-z]{11}$/)) });

/**
 * The order that a change's stamp names. One without it, which no use case writes, comes before the others of
 * its second.
 */
function orderOf({ after, at }: StreamRecord, removal: Removal | null): string {
  const stamp = Ordered.safeParse(after === null ? removal?.changed : after.changed).data;
  return stamp?.order ?? (Math.floor(at) * 1000).toString(36).padStart(9, '0').padEnd(11, '0');
}

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

const resourceOf = (entity: string, organizationId: string, sortKey: string): string =>
  entity === 'organization' ? `organization/${organizationId}` : `${entity}/${sortKey}`;

// As far as clocks may differ.
const nearSeconds = 300;

/** The time that a writer gave, when it isn't near the stream's. */
function misdated(time: unknown, at: number): string | null {
  if (time === undefined) return null;
  const isNear = typeof time === 'string' && Math.abs(Date.parse(time) / 1000 - at) <= nearSeconds + 1;
  return isNear ? null : String(time).slice(0, 40);
}
