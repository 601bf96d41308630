import * as z from 'zod/mini';
import { dryRun, lineRefusal } from '../dry-run.schema.ts';
import { orElse } from '../field-errors.ts';
import { CheckInId, KpiId } from '../ids.ts';
import { page, pageQuery } from '../page.schema.ts';
import { changesSomething } from '../rule.schema.ts';
import { line, paragraph } from '../text.schema.ts';
import { givenMoment, givenTime, timestamp } from '../time.schema.ts';
import { Quantity } from './goal.schema.ts';

/** The content of a check-in before a correction. */
export const Correction = z.object({
  value: z.number(),
  note: z.optional(z.string()),
  /** Who corrected it, and when. */
  by: z.string(),
  byName: z.optional(z.string()),
  at: timestamp,
});

/** One reported value of a KPI. */
export const CheckIn = z.object({
  id: CheckInId,
  kpiId: KpiId,
  value: z.number(),
  note: z.optional(z.string()),
  /** The time of the value: in the past for a late check-in. */
  at: timestamp,
  /** Who reported it. */
  by: z.string(),
  /** The author's name, if still a member; in lists only. */
  byName: z.optional(z.string()),
  /** The content before each correction, oldest first. Only the number of very old corrections is kept. */
  corrections: z.optional(z.array(Correction)),
  revision: z.int(),
  createdAt: timestamp,
  updatedAt: timestamp,
});
export type CheckIn = z.infer<typeof CheckIn>;

/** The input of a check-in. Without `at` the value is for now. */
export const NewCheckIn = z.strictObject({
  value: Quantity,
  note: z.optional(paragraph(1000)),
  at: z.optional(givenTime),
});
export type NewCheckIn = z.infer<typeof NewCheckIn>;

/** The correction of a check-in. Its time can't change: a value for another time is another check-in. */
export const CheckInChange = z
  .strictObject({
    value: z.optional(Quantity),
    /** `null` removes it. */
    note: z.optional(z.nullable(paragraph(1000))),
  })
  .check(changesSomething);
export type CheckInChange = z.infer<typeof CheckInChange>;

/** The maximum number of check-ins per request. */
export const mostCheckIns = 500;

/** One line of a list: the KPI by id or name, and the date or time of the value. */
export const ListedCheckIn = z.strictObject({
  kpi: line(120),
  /** A date means the start of that day, UTC. */
  date: givenMoment('T00:00:00.000Z'),
  value: Quantity,
  note: z.optional(paragraph(1000)),
});
export type ListedCheckIn = z.infer<typeof ListedCheckIn>;

/** One line as sent; validated on its own, so that an invalid line doesn't affect the others. */
const CheckInLine = z.looseObject({ kpi: z.string().check(z.maxLength(1000)) });
export const BulkCheckIns = z.strictObject({
  checkIns: z
    .array(CheckInLine)
    .check(
      z.minLength(1, orElse('lists_nothing')),
      z.maxLength(mostCheckIns, orElse('too_many_at_once', { most: mostCheckIns })),
    ),
});

export const BulkCheckInQuery = z.strictObject({ dryRun });

/** The outcome of each line, in order; in a dry run, the expected outcome. */
export const BulkCheckInResult = z.object({
  /** False for a dry run. */
  applied: z.boolean(),
  results: z.array(
    z.object({
      /** The line's index in the request, from 0. */
      index: z.int(),
      /** `unchanged`: the KPI already has this value for this time. */
      status: z.enum(['created', 'unchanged', 'refused']),
      /** The matching KPI, if there is one. */
      kpiId: z.optional(KpiId),
      ...lineRefusal,
    }),
  ),
});
export type BulkCheckInResult = z.infer<typeof BulkCheckInResult>;

export const CheckInListQuery = pageQuery;
export const CheckInPage = page(CheckIn);
