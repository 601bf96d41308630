import { createHash } from 'node:crypto';
import { encodeTime } from 'ulid';
import { isStorable } from '../table/storable.ts';
import { line } from '../text.schema.ts';
import { calendarDate } from '../time.schema.ts';

/** The tables of an export that are imported, in order: each only refers to earlier ones. */
export const legacyTables = ['organizations', 'users', 'teams', 'auditLogs'] as const;
export type LegacyTable = (typeof legacyTables)[number];

/** One line of a table's file, unchanged. */
export interface SourceLine {
  readonly table: LegacyTable;
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/**
 * A line parsed as a document. `createdMs` is Convex's `_creationTime` in whole milliseconds, if present;
 * ids are derived from it.
 */
export interface LegacyDocument extends SourceLine {
  readonly id: string;
  readonly createdMs: number | undefined;
  readonly fields: Readonly<Record<string, unknown>>;
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !JSON.isRawJSON(value);

/** Convex allows 16 levels of nesting; far deeper input isn't a document and would overflow the stack. */
const deepest = 500;

const isDeeperThan = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((field) => isDeeperThan(field, levels - 1)));

/** An object of the legacy data; anything else counts as an empty object. */
export const objectOf = (value: unknown): Readonly<Record<string, unknown>> => (isObject(value) ? value : {});

/** The text of a field, trimmed and NFC-normalized; undefined if empty or not a string. */
export function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim().normalize('NFC');
  return text === '' ? undefined : text;
}

const short = line(200);

/**
 * A short string that is compared and shown unchanged, such as an id; undefined if the product's rules
 * would change it.
 */
export function exactText(value: unknown): string | undefined {
  const text = textOf(value);
  return text !== undefined && short.safeParse(text).data === text ? text : undefined;
}

/** Parses a line, or returns why it can't be read. */
export function readDocument(source: SourceLine): LegacyDocument | 'line-unreadable' | 'id-missing' {
  let fields: unknown;
  try {
    fields = parseExactly(source.text);
  } catch {
    return 'line-unreadable';
  }
  if (!isObject(fields) || isDeeperThan(fields, deepest)) return 'line-unreadable';
  const id = exactText(fields._id);
  if (id === undefined) return 'id-missing';
  const created = fields._creationTime;
  const createdMs = typeof created === 'number' && isTime(created) ? Math.floor(created) : undefined;
  return { ...source, id, createdMs, fields };
}

// Years with four digits, which ISO 8601 strings sort by.
const latest = Date.UTC(10_000, 0, 1);
const isTime = (ms: number): boolean => Number.isFinite(ms) && ms >= 0 && ms < latest;

// No customer data is from outside this range, and within it seconds and milliseconds since 1970 can't be
// confused.
const [first, last] = [Date.UTC(2000, 0, 1), Date.UTC(2101, 0, 1)];
const isPlausible = (ms: number): boolean => ms >= first && ms < last;

const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:\d{2})?)?$/;
/** Numbers, and 64-bit integers as Convex exports them. */
const digits = /^\d{1,19}$/;

/** A legacy time in the product's format. `unit`: the unit of a numeric time since 1970. */
export interface LegacyTime {
  readonly time: string;
  readonly unit?: 'seconds' | 'milliseconds';
}

/**
 * Parses a legacy time between 2000 and 2100: ISO 8601 (UTC by default), or milliseconds or seconds since
 * 1970, as a number or digits. Undefined if invalid: February 30 doesn't become March 2.
 */
export function timeOf(value: unknown): LegacyTime | undefined {
  const text = typeof value === 'number' ? value : (textOf(value) ?? '');
  if (typeof text === 'number' || digits.test(text)) return timeOfNumber(Number(text));
  const [, date = '', time = '00:00', zone = 'Z'] = iso.exec(text) ?? [];
  const ms = calendarDate.safeParse(date).success ? Date.parse(`${date}T${time}${zone}`) : Number.NaN;
  return isPlausible(ms) ? { time: new Date(ms).toISOString() } : undefined;
}

function timeOfNumber(number: number): LegacyTime | undefined {
  const units = { milliseconds: number, seconds: number * 1000 } as const;
  for (const unit of ['milliseconds', 'seconds'] as const)
    if (isPlausible(units[unit])) return { time: new Date(units[unit]).toISOString(), unit };
  return undefined;
}

/** Convex's own creation time, used where the document contains none. */
export const creationTimeOf = ({ fields }: LegacyDocument): string | undefined =>
  timeOf(fields._creationTime)?.time;

declare global {
  interface JSON {
    parse(
      text: string,
      reviver: (
        this: unknown,
        name: string,
        value: unknown,
        context: { readonly source?: string },
      ) => unknown,
    ): unknown;
  }
}

// A line without these contains no number that parsing would change, so most lines take the fast path.
const suspicious = /[\d.]{16}|\d[eE][+-]?\d/;
// The number of digits that identify every double.
const mostDigits = 17;

/** Like `JSON.parse`, except that numbers which it would change keep their digits (`JSON.rawJSON`). */
export function parseExactly(text: string): unknown {
  if (!suspicious.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_, value, { source }) =>
    typeof value === 'number' && source !== undefined && !isKept(value, source)
      ? JSON.rawJSON(source)
      : value,
  );
}

function isKept(value: number, source: string): boolean {
  const digits = source
    .replace(/[eE].*/, '')
    .replaceAll(/[-.]/g, '')
    .replaceAll(/^0+|0+$/g, '');
  return isStorable(value) && digits.length <= mostDigits && (value !== 0 || digits === '');
}

/** A value as text, independent of the order of its fields. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`);
  return `{${fields.join(',')}}`;
}

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** `length` characters in Crockford's base 32, derived from the text alone. */
export function fingerprint(text: string, length: number): string {
  const digest = createHash('sha256').update(text).digest();
  return [...digest.subarray(0, length)].map((byte) => crockford[byte & 31]).join('');
}

/** A ULID from the document's creation time and identity: the same document always gets the same id. */
export const ulidOf = ({ table, id, createdMs }: LegacyDocument): string =>
  `${encodeTime(createdMs ?? 0, 10)}${fingerprint(`${table}:${id}`, 16)}`;
