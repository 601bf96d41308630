import * as z from 'zod/mini';
import type { AuditFilter } from '../../../domain/audit/audit.schema.ts';
import type { ProofPosition } from '../../../domain/audit/checkpoints/export-proof.ts';
import type { AuditPosition } from '../../../domain/audit/paginate-trail.ts';
import type { Page } from '../../../domain/page.schema.ts';
import { type FileAnswer, filePart } from '../file-answer.ts';
import type { ApiEvent } from '../request.ts';

const place = z.tuple([z.string(), z.string()]);

/** A place in a trail as a cursor carries it. */
export const writePlace = (next: AuditPosition | null): string | null =>
  next === null ? null : JSON.stringify([next.timestamp, next.entryId]);

/** Reads what `writePlace` wrote. */
export function readPlace(text: string): AuditPosition {
  const [timestamp, entryId] = place.parse(JSON.parse(text));
  return { timestamp, entryId };
}

const proofPlace = z.tuple([z.number(), z.number(), z.number()]);

/** A place in a proof file as a cursor carries it. */
export const writeProofPlace = (position: ProofPosition | null): string | null =>
  position === null ? null : JSON.stringify([position.next, position.size, position.lines]);

/** Reads what `writeProofPlace` wrote. */
export function readProofPlace(text: string): ProofPosition {
  const [next, size, lines] = proofPlace.parse(JSON.parse(text));
  return { next, size, lines };
}

/** A filter as a cursor is signed over it: another filter makes it invalid. */
export const filterText = (
  { actor, action, resource, about, supportAccess, from, to }: AuditFilter,
  ...more: unknown[]
): string =>
  JSON.stringify([
    ...[actor, action, resource, about, from, to, ...more],
    // Last, and only if it is given: cursors from before there was support access stay good.
    ...(supportAccess === undefined ? [] : [supportAccess]),
  ]);

/** What of a filter is given, as an export's record says it. */
export const givenFilter = (filter: AuditFilter) => {
  const { actor, action, resource, about, supportAccess, from, to } = filter;
  const all = Object.entries({ actor, action, resource, about, supportAccess, from, to });
  return Object.fromEntries(all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
};

/** The same address with another cursor. */
function addressOf({ rawPath, queryStringParameters }: ApiEvent, cursor: string): string {
  const query = Object.entries(queryStringParameters ?? {}).map(([name, value = '']) => [name, value]);
  return `${rawPath}?${new URLSearchParams([...query.filter(([name]) => name !== 'cursor'), ['cursor', cursor]])}`;
}

/** A part of an export: its text is the page's only item. */
interface ExportAnswer extends Page<string> {
  readonly event: ApiEvent;
  readonly format: { readonly mediaType: string; readonly extension: string };
  readonly now: Date;
  /** Of the file, without the day and the extension. */
  readonly name: string;
}

/** Answers a part of an export as a file that says where the next part is. */
export const exportAnswer = ({ event, format, now, name, items, nextCursor }: ExportAnswer): FileAnswer =>
  filePart({
    mediaType: format.mediaType,
    name: `${name}-${now.toISOString().slice(0, 10)}.${format.extension}`,
    text: items.join(''),
    next: nextCursor === null ? null : { cursor: nextCursor, address: addressOf(event, nextCursor) },
  });
