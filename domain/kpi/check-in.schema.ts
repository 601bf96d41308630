import * as z from 'zod/mini';
import { dryRun, lineRefusal } from '../dry-run.schema.ts';
import { orElse } from '../field-errors.ts';
import { CheckInId, KpiId } from '../ids.ts';
import { page, pageQuery } from '../page.schema.ts';
import { changesSomething } from '../rule.schema.ts';
import { line, paragraph } from '../text.schema.ts';
import { givenMoment, givenTime, timestamp } from '../time.schema.ts';
import { Quantity } from './goal.schema.ts';

/** What a check-in said until somebody corrected it. */
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
  /** The time that the value is for: in the past for a late check-in. */
  at: timestamp,
  /** Who reported it. */
  by: z.string(),
  /** Their name, if they are still here; where a list is asked for. */
  byName: z.optional(z.string()),
  /** What it said before each correction, oldest first. Corrections of long ago are only counted. */
  corrections: z.optional(z.array(Correction)),
  revision: z.int(),
  createdAt: timestamp,
  updatedAt: timestamp,
});
export type CheckIn = z.infer<typeof CheckIn>;

/** What a person reports. Without `at` the value is for now. */
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

/** How many check-ins one request takes. */
export const mostCheckIns = 500;

/** One line of many: the KPI by its ID or its name, and the date or time that the value is for. */
export const ListedCheckIn = z.strictObject({
  kpi: line(120),
  /** A date is the beginning of that day, UTC. */
  date: givenMoment('T00:00:00.000Z'),
  value: Quantity,
  note: z.optional(paragraph(1000)),
});
export type ListedCheckIn = z.infer<typeof ListedCheckIn>;

/** One line as it is sent, validated on its own: an invalid line doesn't affect the others. */
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

/** What came of each line, in the order given; in a dry run what would come of it. */
export const BulkCheckInResult = z.object({
  /** False for a dry run. */
  applied: z.boolean(),
  results: z.array(
    z.object({
      /** The line's index in the request, from 0. */
      index: z.int(),
      /** `unchanged`: the KPI has this very value for this time. */
      status: z.enum(['created', 'unchanged', 'refused']),
      /** The KPI that was meant, where one was found. */
      kpiId: z.optional(KpiId),
      ...lineRefusal,
    }),
  ),
});
export type BulkCheckInResult = z.infer<typeof BulkCheckInResult>;

export const CheckInListQuery = pageQuery;
export const CheckInPage = page(CheckIn);
