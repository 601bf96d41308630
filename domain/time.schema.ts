import * as z from 'zod/mini';
import { orElse } from './field-errors.ts';
import { rule } from './rule.schema.ts';

/** A calendar date, ISO 8601 `yyyy-mm-dd`. */
export const calendarDate = z.iso.date({ abort: true, ...orElse('not_a_date') });

/** Whether this engine knows a time zone by that name; each knows those of the IANA database. */
function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** A time zone by its name in the IANA database, such as `Europe/Berlin`; `UTC` is one. No offset is. */
export const timeZone = z
  .string()
  .check(
    z.maxLength(64, { abort: true, ...orElse('not_a_time_zone') }),
    z.regex(/^[A-Za-z][\w+-]*(?:\/[\w+-]+){0,2}$/, { abort: true, ...orElse('not_a_time_zone') }),
    z.refine(isTimeZone, orElse('not_a_time_zone')),
  );

/** A point in time, ISO 8601 UTC with milliseconds; fixed width, so that it sorts as a string. */
export const timestamp = z.iso.datetime({ precision: 3 });

// Dates outside this range are mistakes, and some have no preceding period to compare with.
const isInReach = (text: string): boolean => text >= '2000' && text < '2101';
const reach = rule(isInReach, {
  ...orElse('out_of_years'),
  says: { jsonSchema: { pattern: '^(?:20\\d\\d|2100)-' }, inPart: true },
});

/** A date as input: from 2000 to 2100. */
export const givenDate = calendarDate.check(reach);

const dateTime = z.pipe(
  // RFC 3339, section 5.6: "T" and "Z" may be lower case.
  z.transform((text: unknown) => (typeof text === 'string' ? text.toUpperCase() : text)),
  z.iso.datetime({ offset: true, abort: true, ...orElse('not_a_time') }),
);
const inUtc = (text: string): string => new Date(text).toISOString();
const reachable = z.string().check(reach);

/** A date-time as input: RFC 3339, from 2000 to 2100. Parsed to `timestamp`, truncated to milliseconds. */
export const givenTime = z.pipe(z.pipe(dateTime, z.transform(inUtc)), reachable);

/** A date or date-time as input; a date stands for the given time of that day. Parsed like `givenTime`. */
export const givenMoment = (ofDay: string) =>
  z.pipe(
    z.pipe(
      z.union([givenDate, dateTime], orElse('not_a_date_or_time')),
      z.transform((text: string) => inUtc(text.length === 10 ? `${text}${ofDay}` : text)),
    ),
    reachable,
  );
