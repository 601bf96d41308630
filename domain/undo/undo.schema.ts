import * as z from 'zod/mini';
import type { EntryReference } from '../actor.ts';
import { orElse } from '../field-errors.ts';
import { deletionKeptDays } from '../table/layout.ts';
import { timestamp } from '../time.schema.ts';

/** How many days an entry can be undone: as long as deleted items are kept. */
export const undoDays = deletionKeptDays;

const address = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)~([\w:.-]{1,200})$/;

/** An entry in a path: its time, a tilde and its id. */
export const EntryAddress = z.string().check(z.regex(address, orElse('not_an_entry')));

/** Parses an entry's address. */
export function entryAt(entry: string): EntryReference {
  const [, timestamp = '', id = ''] = address.exec(entry) ?? [];
  return { timestamp, id };
}

const revision = z.int().check(z.minimum(1), z.maximum(1_000_000_000));

/**
 * The input of an undo. With the preview's `revision`, it is refused as `stale` if the item has changed
 * since.
 */
export const UndoRequest = z.strictObject({ revision: z.optional(z.nullable(revision)) });

/** The effect of undoing an entry: see `Undoing` in `table/item.ts`. */
export const UndoKind = z.enum(['puts_back', 'brings_back', 'takes_away']);
export type UndoKind = z.infer<typeof UndoKind>;

/**
 * The outcome for a field: it is restored; it has its previous value already; it was changed again; the
 * caller may not change it; or what it referred to is gone.
 */
export const FieldOutcome = z.enum(['put_back', 'as_before', 'changed_since', 'not_allowed', 'gone']);
export type FieldOutcome = z.infer<typeof FieldOutcome>;

/** One field of the change: its value before, after, and now; absent if none. */
export const UndoneField = z.object({
  field: z.string(),
  before: z.optional(z.unknown()),
  after: z.optional(z.unknown()),
  now: z.optional(z.unknown()),
  outcome: FieldOutcome,
});
export type UndoneField = z.infer<typeof UndoneField>;

/** A side effect, or one that doesn't happen. */
export const UndoEffect = z.object({
  kind: z.enum([
    'members_return',
    'member_left_out',
    'lead_as_member',
    'lead_replaced',
    'lead_given_up',
    'check_ins_return',
    'assignee_left_out',
    'teams_return',
    'team_left_out',
    'team_as_member',
  ]),
  /** The subject's name. */
  name: z.optional(z.string()),
  count: z.optional(z.int()),
});
export type UndoEffect = z.infer<typeof UndoEffect>;

/** Why it isn't possible, as in the refused request's problem details. */
export const UndoRefusal = z.object({
  code: z.string(),
  reason: z.optional(z.string()),
  message: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});

/** Who has undone an entry, and when. */
export const UndoneBy = z.object({ by: z.string(), name: z.optional(z.string()), at: timestamp });

/** The effect of undoing an entry. */
export const Undo = z.object({
  entryId: z.string(),
  timestamp,
  action: z.string(),
  /** `<noun>/<id>`. */
  resource: z.string(),
  /** Null for an entry that can never be undone. */
  kind: z.nullable(UndoKind),
  applied: z.boolean(),
  /** Until when it is possible. */
  until: timestamp,
  /** The current revision of the item; null if it doesn't exist. */
  revision: z.nullable(z.int()),
  fields: z.array(UndoneField),
  effects: z.array(UndoEffect),
  refusal: z.nullable(UndoRefusal),
  undone: z.nullable(UndoneBy),
  /** Names of people, teams and KPIs that the fields refer to by id; null if deleted. */
  names: z.record(z.string(), z.nullable(z.string())),
});
export type Undo = z.infer<typeof Undo>;
