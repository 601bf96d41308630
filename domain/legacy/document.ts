/** The tables of an export that are ours, in the order they are imported: each refers only to those before it. */
export const legacyTables = ['organizations', 'users', 'teams', 'auditLogs'] as const;
export type LegacyTable = (typeof legacyTables)[number];

/** One line of a table's file, as it came. */
export interface SourceLine {
  readonly table: LegacyTable;
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** A line read as a document. `createdMs` is Convex's `_creationTime` in whole milliseconds, when there is one. */
export interface LegacyDocument extends SourceLine {
  readonly id: string;
  readonly createdMs: number | undefined;
  readonly fields: Readonly<Record<string, unknown>>;
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object of the legacy data; anything else is an object without fields. */
export const objectOf = (value: unknown): Readonly<Record<string, unknown>> => (isObject(value) ? value : {});

/** The text of a field, trimmed and NFC, or undefined when it is no text or empty. */
export function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim().normalize('NFC');
  return text === '' ? undefined : text;
}

/** Reads a line, or says why it can't be read. */
export function readDocument(source: SourceLine): LegacyDocument | 'line-unreadable' | 'id-missing' {
  let fields: unknown;
  try {
    fields = JSON.parse(source.text);
  } catch {
    return 'line-unreadable';
  }
  if (!isObject(fields)) return 'line-unreadable';
  const id = textOf(fields._id);
  if (id === undefined || id.length > 200) return 'id-missing';
  const created = fields._creationTime;
  const createdMs = typeof created === 'number' && isTime(created) ? Math.floor(created) : undefined;
  return { ...source, id, createdMs, fields };
}

// Years that ISO 8601 writes with four digits: what sorts as text.
const latest = Date.UTC(10_000, 0, 1);
const isTime = (ms: number): boolean => Number.isFinite(ms) && ms >= 0 && ms < latest;

const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:\d{2})?)?$/;

/** A legacy time (ISO 8601, UTC where no zone is given, or milliseconds) as the product writes it; undefined when it is none. */
export function timestampOf(value: unknown): string | undefined {
  const ms = typeof value === 'number' ? value : parseIso(textOf(value) ?? '');
  return isTime(ms) ? new Date(ms).toISOString() : undefined;
}

function parseIso(text: string): number {
  const [, date, time = '00:00', zone = 'Z'] = iso.exec(text) ?? [];
  return date === undefined ? Number.NaN : Date.parse(`${date}T${time}${zone}`);
}
