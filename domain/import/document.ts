import { createHash } from 'node:crypto';
import { encodeTime } from 'ulid';
import { isStorable } from '../table/storable.ts';
import { line } from '../text.schema.ts';
import { calendarDate } from '../time.schema.ts';

/**
 * The tables of an export that are ours, in the order they are imported: each refers only to those before it.
 */
export const legacyTables = ['organizations', 'users', 'teams', 'auditLogs'] as const;
export type LegacyTable = (typeof legacyTables)[number];

/** One line of a table's file, as it came. */
export interface SourceLine {
  readonly table: LegacyTable;
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/**
 * A line read as a document. `createdMs` is Convex's `_creationTime` in whole milliseconds, when there is
 * one: ids are made of it.
 */
export interface LegacyDocument extends SourceLine {
  readonly id: string;
  readonly createdMs: number | undefined;
  readonly fields: Readonly<Record<string, unknown>>;
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !JSON.isRawJSON(value);

/** Convex nests 16 levels: what is much deeper is no document, and would exhaust the stack. */
const deepest = 500;

const isDeeperThan = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((field) => isDeeperThan(field, levels - 1)));

/** An object of the legacy data; anything else is an object without fields. */
export const objectOf = (value: unknown): Readonly<Record<string, unknown>> => (isObject(value) ? value : {});

/** The text of a field, trimmed and NFC, or undefined when it is no text or empty. */
export function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim().normalize('NFC');
  return text === '' ? undefined : text;
}

const short = line(200);

/**
 * A short text that is compared and shown as it is, such as an id: undefined unless the product's rules leave
 * it as it is.
 */
export function exactText(value: unknown): string | undefined {
  const text = textOf(value);
  return text !== undefined && short.safeParse(text).data === text ? text : undefined;
}

/** Reads a line, or says why it can't be read. */
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

// Years that ISO 8601 writes with four digits: what sorts as text.
const latest = Date.UTC(10_000, 0, 1);
const isTime = (ms: number): boolean => Number.isFinite(ms) && ms >= 0 && ms < latest;

// No customer's data is from another time, and within it seconds and milliseconds since 1970 can't be
// mistaken for each other.
const [first, last] = [Date.UTC(2000, 0, 1), Date.UTC(2101, 0, 1)];
const isPlausible = (ms: number): boolean => ms >= first && ms < last;

const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:\d{2})?)?$/;
/** Numbers, and as Convex exports its 64-bit integers. */
const digits = /^\d{1,19}$/;

/** A legacy time as the product writes it. `unit`: what a number counts from 1970 on. */
export interface LegacyTime {
  readonly time: string;
  readonly unit?: 'seconds' | 'milliseconds';
}

/**
 * Reads a legacy time between 2000 and 2100: ISO 8601 (UTC where no zone is given), milliseconds or seconds
 * since 1970, as a number or in digits. Undefined when it is none: a 30th of February is not the 2nd of
 * March.
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

/** Convex's own time of a document: what counts where it names none. */
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

// Whoever has none of these has no number that would change: most lines are spared the slow way.
const suspicious = /[\d.]{16}|\d[eE][+-]?\d/;
// What every double can be told by.
const mostDigits = 17;

/**
 * JSON as `JSON.parse` reads it, except that a number which it would change keeps its digits
 * (`JSON.rawJSON`).
 */
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

/** A value as one text, whatever order its fields are in. */
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

/** `length` characters of Crockford's base 32 that depend on the text alone. */
export function fingerprint(text: string, length: number): string {
  const digest = createHash('sha256').update(text).digest();
  return [...digest.subarray(0, length)].map((byte) => crockford[byte & 31]).join('');
}

/**
 * A ULID of the time the document was made at and its identity: the same document always gets the same id.
 */
export const ulidOf = ({ table, id, createdMs }: LegacyDocument): string =>
  `${encodeTime(createdMs ?? 0, 10)}${fingerprint(`${table}:${id}`, 16)}`;
