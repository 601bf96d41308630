import * as z from 'zod/mini';
import { auditedAttributes, commonAttributes } from './audited-attributes.ts';

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

const image = z.looseObject({
  entity: z.string(),
  organizationId: z.string(),
  pk: z.string(),
  sk: z.string(),
  changed: z.optional(Stamp),
});
type Image = z.infer<typeof image>;

/** A stream record with its images as plain JSON. Times are epoch seconds, as DynamoDB Streams gives them. */
export const StreamRecord = z.object({
  eventID: z.string(),
  eventName: z.enum(['INSERT', 'MODIFY', 'REMOVE']),
  at: z.number(),
  before: z.nullable(image),
  after: z.nullable(image),
});
export type StreamRecord = z.infer<typeof StreamRecord>;

/** One change of one item, with who made it. `actor` is null when the item doesn't say: nobody may write without a stamp. */
export interface Change {
  readonly id: string;
  readonly organizationId: string;
  readonly entity: string;
  readonly resource: string;
  readonly actor: z.infer<typeof Stamp> | null;
  readonly action: string;
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
  readonly changed: string[];
  readonly timestamp: string;
}

/** What the trail shows of an image. */
const shown = (fields: Image | null) => {
  if (fields === null) return null;
  const names: readonly string[] = auditedAttributes[fields.entity] ?? [];
  return Object.fromEntries(
    [...commonAttributes, ...names].flatMap((name) => (name in fields ? [[name, fields[name]]] : [])),
  );
};

/** What actions call the kinds of items whose name isn't a noun of the product by itself. */
const nouns: Readonly<Record<string, string>> = {
  checkIn: 'check-in',
  teamMember: 'team-member',
  accessEvent: 'access',
  importRun: 'import',
};

/** The noun of an action on a kind of item: `check-in` of `check-in.created`. */
export const nounOf = (entity: string): string => nouns[entity] ?? entity;

const verbs = { INSERT: 'created', MODIFY: 'updated', REMOVE: 'deleted' } as const;

/** Who removed an item, and when (ISO 8601 UTC): the record of a removal doesn't say, what was left in its place does. */
export interface Removal {
  readonly changed: z.infer<typeof Stamp>;
  readonly at: string;
}

/**
 * Reads a stream record as a change. Throws when the record has no image, or names another organization than its key: the key is
 * what isolation guards, and what is told of a change goes to the organization that it names.
 */
export function changeOf(record: StreamRecord, removal: Removal | null = null): Change {
  const { eventID, eventName, before, after } = StreamRecord.parse(record);
  const item = after ?? before;
  if (item === null) throw new Error(`stream record ${eventID} has no image`);
  if (!item.pk.startsWith(`${item.organizationId}#`))
    throw new Error(`stream record ${eventID} names another organization than its key`);
  // A removal leaves nobody's stamp: the old image names who wrote it last, not who removed it.
  const actor = after?.changed ?? removal?.changed ?? null;
  const [old, current] = [shown(before), shown(after)];
  const names = [...new Set([...Object.keys(old ?? {}), ...Object.keys(current ?? {})])];
  return {
    id: eventID,
    organizationId: item.organizationId,
    entity: item.entity,
    resource: resourceOf(item),
    actor,
    action: actor?.action ?? `${nounOf(item.entity)}.${verbs[eventName]}`,
    before: old,
    after: current,
    changed: names.filter((name) => JSON.stringify(old?.[name]) !== JSON.stringify(current?.[name])).sort(),
    timestamp: timeOf(after, removal) ?? new Date(record.at * 1000).toISOString(),
  };
}

function resourceOf({ entity, organizationId, sk, about }: Image): string {
  if (entity === 'organization') return `organization/${organizationId}`;
  if (entity === 'accessEvent' && typeof about === 'string') return about;
  return `${entity}/${sk}`;
}

const timeOf = (after: Image | null, removal: Removal | null): string | undefined =>
  typeof after?.updatedAt === 'string' ? after.updatedAt : removal?.at;
