import * as z from 'zod/mini';
import { CheckInId, KpiId } from '../ids.ts';
import { page, pageQuery } from '../page.schema.ts';
import { changesSomething } from '../rule.schema.ts';
import { paragraph } from '../text.schema.ts';
import { givenTime, timestamp } from '../time.schema.ts';
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

export const CheckInListQuery = pageQuery;
export const CheckInPage = page(CheckIn);
