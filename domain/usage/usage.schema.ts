import * as z from 'zod/mini';
import { Role } from '../access/roles.schema.ts';
import { calendarDate, timestamp } from '../text.schema.ts';

/** One organization's figures for one day (UTC), as the scheduled function found them at `computedAt`. */
export const UsageSnapshot = z.object({
  date: calendarDate,
  /** False while the day lasts: the figures are those of `computedAt` and will change. */
  final: z.boolean(),
  users: z.int(),
  usersByRole: z.partialRecord(Role, z.int()),
  pendingInvitations: z.int(),
  /** Version of the metrics' definitions: the same version over the same data gives the same figures. */
  definition: z.int(),
  computedAt: timestamp,
});
export type UsageSnapshot = z.infer<typeof UsageSnapshot>;

export const UsageQuery = z.strictObject({ from: calendarDate, to: calendarDate }).check(
  z.refine(({ from, to }) => from <= to, { path: ['to'], error: 'must not be before "from"' }),
  z.refine(({ from, to }) => (Date.parse(to) - Date.parse(from)) / 86_400_000 <= 366, {
    path: ['to'],
    error: 'must be at most 366 days after "from"',
  }),
);
export const UsageList = z.object({ items: z.array(UsageSnapshot) });
