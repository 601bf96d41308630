import { csvHead, csvLine } from '../csv.ts';
import type { OrganizationScope } from '../table/scope.ts';
import type { FeedAuditEntry, ShownAuditEntry } from './audit.schema.ts';
import { type TrailQuery, trailOf } from './list-trail.ts';
import type { AuditPosition, Found } from './paginate-trail.ts';

/** An export format, line by line. */
interface ExportFormat<Entry> {
  readonly mediaType: 'text/csv' | 'application/jsonl';
  readonly extension: string;
  /** The header before the first entry. */
  readonly head: string;
  line(entry: Entry): string;
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

/** CSV for people: who, what, when, and the changes as text. */
const csv = <Entry>(all: Readonly<Record<string, (entry: Entry) => string>>): ExportFormat<Entry> => ({
  mediaType: 'text/csv',
  extension: 'csv',
  head: csvHead(Object.keys(all)),
  line: (entry) => csvLine(Object.values(all).map((cell) => cell(entry))),
});

/** JSON lines for programs: one whole entry per line. */
const jsonLines: ExportFormat<object> = {
  mediaType: 'application/jsonl',
  extension: 'jsonl',
  head: '',
  line: (entry) => `${JSON.stringify(entry)}\n`,
};

export const exportFormats = { csv: csv(columns), jsonl: jsonLines } as const;

/** The same for entries of all organizations, with the organization's name. */
export const feedFormats = {
  csv: csv<FeedAuditEntry>({
    ...columns,
    organization: ({ organizationName }) => organizationName ?? '',
    'organization id': ({ organizationId }) => organizationId,
  }),
  jsonl: jsonLines,
} as const;

/** Part of an export, and the position of the next; null if this is the last. */
export interface ExportPart {
  readonly text: string;
  readonly next: AuditPosition | null;
}

// A Lambda function may return at most 6 MB of JSON, in which the text's quotes and line ends take two bytes
// each.
const mostBytes = 4_000_000;
const mostEntries = 2000;
const chunk = 500;
// A filter without matches would read on for a long time, so it continues with the next request.
const mostChunks = 6;

const sentBytes = (text: string): number => Buffer.byteLength(JSON.stringify(text));

/**
 * The next part of an audit log as text: 2,000 entries or 4 MB as sent, whichever comes first. The first
 * part starts with the header, so that the parts concatenated are the file.
 * @param read continues reading from a position
 */
export async function exportPart<Entry extends ShownAuditEntry>(
  read: (position: AuditPosition | undefined, limit: number) => Promise<Found<Entry>>,
  from: AuditPosition | undefined,
  format: ExportFormat<Entry>,
): Promise<ExportPart> {
  const lines = from === undefined ? [format.head] : [];
  let position = from;
  let [bytes, count] = [0, 0];
  for (let chunks = 0; chunks < mostChunks && count < mostEntries; chunks += 1) {
    const { entries, next } = await read(position, Math.min(chunk, mostEntries - count));
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

/** The next part of an organization's audit log. */
export const exportTrail = (
  scope: OrganizationScope,
  query: Omit<TrailQuery, 'limit'>,
  format: ExportFormat<ShownAuditEntry>,
): Promise<ExportPart> =>
  exportPart((position, limit) => trailOf(scope, { ...query, position, limit }), query.position, format);
