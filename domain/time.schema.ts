import * as z from 'zod/mini';

/** A calendar date, ISO 8601 `yyyy-mm-dd`. */
export const calendarDate = z.iso.date('must be a date like 2026-11-24');

/** A point in time, ISO 8601 UTC with milliseconds, fixed width so that it sorts as text. */
export const timestamp = z.iso.datetime({ precision: 3 });
