import { csvHead, csvLine } from '../csv.ts';
import type { OrganizationScope } from '../table/scope.ts';
import type { ShownAuditEntry } from './audit.schema.ts';
import { type TrailQuery, trailOf } from './list-trail.ts';
import type { AuditPosition } from './paginate-trail.ts';

/** A format of an export: lines, each with the format's own line end. */
interface ExportFormat {
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

/** A part of an export, and where the next one goes on: null when this was the last. */
export interface ExportPart {
  readonly text: string;
  readonly next: AuditPosition | null;
}

// A Lambda function may return at most 6 MB of JSON, in which the text's quotes and line ends take two bytes
// each.
const mostBytes = 4_000_000;
const mostEntries = 2000;
const chunk = 500;
// A filter that matches nothing would read on without an entry to show, so it goes on with the next request.
const mostChunks = 6;

const sentBytes = (text: string): number => Buffer.byteLength(JSON.stringify(text));

/**
 * The next part of an organization's trail as text: 2,000 entries or 4 MB as sent, whichever comes first. The
 * first part begins with the format's header, so that the parts joined together are the file.
 */
export async function exportTrail(
  scope: OrganizationScope,
  query: Omit<TrailQuery, 'limit'>,
  format: ExportFormat,
): Promise<ExportPart> {
  const lines = query.position === undefined ? [format.head] : [];
  let position = query.position;
  let [bytes, count] = [0, 0];
  for (let read = 0; read < mostChunks && count < mostEntries; read += 1) {
    const limit = Math.min(chunk, mostEntries - count);
    const { entries, next } = await trailOf(scope, { ...query, position, limit });
    for (const entry of entries) {
      const line = format.line(entry);
      bytes += sentBytes(line);
      if (bytes > mostBytes && count > 0) return { text: lines.join(''), next: position ?? null };
      lines.push(line);
      count += 1;
      position = { timestamp: entry.timestamp, entryId: entry.id };
    }
    if (next === null) return { text: lines.join(''), next: null };
    position = next;
  }
  return { text: lines.join(''), next: position ?? null };
}
