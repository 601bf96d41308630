import * as z from 'zod/mini';
import type { EntryReference } from '../actor.ts';
import { orElse } from '../field-errors.ts';
import { deletionKeptDays } from '../table/layout.ts';
import { timestamp } from '../time.schema.ts';

/** How many days an entry can be undone: as long as what was deleted is kept. */
export const undoDays = deletionKeptDays;

const address = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)~([\w:.-]{1,200})$/;

/** How a path names an entry: its time, by which it is found, a tilde and its id. */
export const EntryAddress = z.string().check(z.regex(address, orElse('not_an_entry')));

/** The entry that an address names. */
export function entryAt(entry: string): EntryReference {
  const [, timestamp = '', id = ''] = address.exec(entry) ?? [];
  return { timestamp, id };
}

const revision = z.int().check(z.minimum(1), z.maximum(1_000_000_000));

/**
 * How an entry is undone. With `revision`, as the preview gave it, it is refused as `stale` once what it
 * changes is in another state.
 */
export const UndoRequest = z.strictObject({ revision: z.optional(z.nullable(revision)) });

/** What undoing an entry does: see `Undoing` in `table/item.ts`. */
export const UndoKind = z.enum(['puts_back', 'brings_back', 'takes_away']);
export type UndoKind = z.infer<typeof UndoKind>;

/**
 * What comes of a field: it is put back, it is as it was before already, somebody has changed it since, the
 * caller may not change it, or what stood there is gone.
 */
export const FieldOutcome = z.enum(['put_back', 'as_before', 'changed_since', 'not_allowed', 'gone']);
export type FieldOutcome = z.infer<typeof FieldOutcome>;

/** One field of the change: what stood there before it, after it, and now; absent where there is nothing. */
export const UndoneField = z.object({
  field: z.string(),
  before: z.optional(z.unknown()),
  after: z.optional(z.unknown()),
  now: z.optional(z.unknown()),
  outcome: FieldOutcome,
});
export type UndoneField = z.infer<typeof UndoneField>;

/** What else happens, or doesn't. */
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
  /** Who or what it is about. */
  name: z.optional(z.string()),
  count: z.optional(z.int()),
});
export type UndoEffect = z.infer<typeof UndoEffect>;

/** Why it can't be done: as the problem of the refused request would say it. */
export const UndoRefusal = z.object({
  code: z.string(),
  reason: z.optional(z.string()),
  message: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});

/** Who has undone an entry, and when. */
export const UndoneBy = z.object({ by: z.string(), name: z.optional(z.string()), at: timestamp });

/** What undoing an entry would come to, or has come to. */
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
  /** The state that it is meant for; null if that isn't there now. */
  revision: z.nullable(z.int()),
  fields: z.array(UndoneField),
  effects: z.array(UndoEffect),
  refusal: z.nullable(UndoRefusal),
  undone: z.nullable(UndoneBy),
  /** The names of the people, teams and KPIs that the fields name by id; null for what is gone. */
  names: z.record(z.string(), z.nullable(z.string())),
});
export type Undo = z.infer<typeof Undo>;
