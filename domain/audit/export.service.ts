import type { OrganizationScope } from '../table/scope.ts';
import type { ExportFormat } from './export-text.ts';
import { type TrailQuery, trailOf } from './trail.service.ts';
import type { AuditPosition } from './walk.ts';

/** A part of an export, and where the next one goes on: null when this was the last. */
export interface ExportPart {
  readonly text: string;
  readonly next: AuditPosition | null;
}

// A Lambda function answers with 6 MB of JSON at most, inside of which the text's quotes and line ends take two bytes each.
const mostBytes = 4_000_000;
const mostEntries = 2000;
const chunk = 500;
// A filter that nothing fits reads on without an entry to show: it goes on with the next request.
const mostChunks = 6;

const sentBytes = (text: string): number => Buffer.byteLength(JSON.stringify(text));

/**
 * The next part of an organization's trail as text: 2,000 entries or 4 MB as they travel, whichever comes first. The first part
 * begins with the format's head, so that the parts one after the other are the file.
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
