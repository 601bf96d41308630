import * as z from 'zod/mini';
import type { AuditFilter } from '../../../domain/audit/audit.schema.ts';
import type { ProofPosition } from '../../../domain/audit/checkpoints/export-proof.ts';
import type { AuditPosition } from '../../../domain/audit/paginate-trail.ts';

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
