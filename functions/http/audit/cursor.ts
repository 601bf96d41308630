import * as z from 'zod/mini';
import type { AuditFilter } from '../../../domain/audit/audit.schema.ts';
import type { ProofPosition } from '../../../domain/audit/checkpoints/export-proof.ts';
import type { AuditPosition } from '../../../domain/audit/paginate-trail.ts';
import type { Page } from '../../../domain/page.schema.ts';
import { type FileAnswer, filePart } from '../file-answer.ts';
import type { ApiEvent } from '../request.ts';

const place = z.tuple([z.string(), z.string()]);

/** Serializes a position in an audit log for a cursor. */
export const writePlace = (next: AuditPosition | null): string | null =>
  next === null ? null : JSON.stringify([next.timestamp, next.entryId]);

/** Parses a position written by `writePlace`. */
export function readPlace(text: string): AuditPosition {
  const [timestamp, entryId] = place.parse(JSON.parse(text));
  return { timestamp, entryId };
}

const proofPlace = z.tuple([z.number(), z.number(), z.number()]);

/** Serializes a position in a proof file for a cursor. */
export const writeProofPlace = (position: ProofPosition | null): string | null =>
  position === null ? null : JSON.stringify([position.next, position.size, position.lines]);

/** Parses a position written by `writeProofPlace`. */
export function readProofPlace(text: string): ProofPosition {
  const [next, size, lines] = proofPlace.parse(JSON.parse(text));
  return { next, size, lines };
}

/** The filter as part of a cursor's signature: the cursor is invalid for another filter. */
export const filterText = (
  { actor, action, resource, about, supportAccess, from, to }: AuditFilter,
  ...more: unknown[]
): string =>
  JSON.stringify([
    ...[actor, action, resource, about, from, to, ...more],
    // Appended only if given, so that cursors from before support access existed stay valid.
    ...(supportAccess === undefined ? [] : [supportAccess]),
  ]);

/** The parts of a filter that are set, for an export's audit entry. */
export const givenFilter = (filter: AuditFilter) => {
  const { actor, action, resource, about, supportAccess, from, to } = filter;
  const all = Object.entries({ actor, action, resource, about, supportAccess, from, to });
  return Object.fromEntries(all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
};

/** The same URL with another cursor. */
function addressOf({ rawPath, queryStringParameters }: ApiEvent, cursor: string): string {
  const query = Object.entries(queryStringParameters ?? {}).map(([name, value = '']) => [name, value]);
  return `${rawPath}?${new URLSearchParams([...query.filter(([name]) => name !== 'cursor'), ['cursor', cursor]])}`;
}

/** One part of an export; its text is the page's only item. */
interface ExportAnswer extends Page<string> {
  readonly event: ApiEvent;
  readonly format: { readonly mediaType: string; readonly extension: string };
  readonly now: Date;
  /** File name without date and extension. */
  readonly name: string;
}

/** Responds with one part of an export as a file, with a link to the next part. */
export const exportAnswer = ({ event, format, now, name, items, nextCursor }: ExportAnswer): FileAnswer =>
  filePart({
    mediaType: format.mediaType,
    name: `${name}-${now.toISOString().slice(0, 10)}.${format.extension}`,
    text: items.join(''),
    next: nextCursor === null ? null : { cursor: nextCursor, address: addressOf(event, nextCursor) },
  });
