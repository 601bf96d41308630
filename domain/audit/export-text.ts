import { csvHead, csvLine } from '../csv.ts';
import type { ShownAuditEntry } from './audit.schema.ts';

/** A form the trail is taken away in: lines, each ended by what the form ends a line with. */
export interface ExportFormat {
  readonly mediaType: 'text/csv' | 'application/jsonl';
  readonly extension: string;
  /** What comes before the first entry. */
  readonly head: string;
  line(entry: ShownAuditEntry): string;
}

const words = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
const said = (value: unknown): string => (value === undefined ? '(nothing)' : words(value));

const columns: Readonly<Record<string, (entry: ShownAuditEntry) => string>> = {
  time: ({ timestamp }) => timestamp,
  actor: ({ userId }) => userId,
  'actor name': ({ actorName }) => actorName ?? '',
  'acting for the actor': ({ impersonatedBy }) => impersonatedBy ?? '',
  role: ({ role }) => role,
  action: ({ action }) => action,
  resource: ({ resource }) => resource,
  changes: ({ changes }) =>
    changes.map(({ field, before, after }) => `${field}: ${said(before)} → ${said(after)}`).join('; '),
  'request id': ({ requestId }) => requestId ?? '',
  'ip address': ({ ip }) => ip ?? '',
  'user agent': ({ userAgent }) => userAgent ?? '',
  id: ({ id }) => id,
};

/** A table for people: who, what, when and what changed, in words. */
const csv: ExportFormat = {
  mediaType: 'text/csv',
  extension: 'csv',
  head: csvHead(Object.keys(columns)),
  line: (entry) => csvLine(Object.values(columns).map((cell) => cell(entry))),
};

/** Whole entries for programs: one JSON object a line. */
const jsonLines: ExportFormat = {
  mediaType: 'application/jsonl',
  extension: 'jsonl',
  head: '',
  line: (entry) => `${JSON.stringify(entry)}\n`,
};

export const exportFormats = { csv, jsonl: jsonLines } as const;
