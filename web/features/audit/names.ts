import type { FeedAuditEntry, ShownAuditEntry } from '../../../domain/audit/audit.schema.ts';

/** An entry of one organization's trail, or of the feed of all, which names the organization. */
export type TrailEntry = ShownAuditEntry & Partial<Pick<FeedAuditEntry, 'organizationName' | 'isWithheld'>>;

/** What is known of a person, team or KPI by its id. */
interface Known {
  readonly name?: string | undefined;
  /** That it isn't there any more. */
  readonly isGone?: boolean;
}

/** What entries and the server know of the people and things that entries name by id. */
export type Names = ReadonlyMap<string, Known>;

/** The server's names by id: null for what is gone. */
export type ServedNames = Readonly<Record<string, string | null>>;

/** The part of a resource before the slash, which says what it is: `checkIn`. */
export const kindOf = ({ resource }: TrailEntry): string => resource.slice(0, resource.indexOf('/'));
/** The part behind it. */
export const idOf = ({ resource }: TrailEntry): string => resource.slice(resource.indexOf('/') + 1);

/** How an entry stands in the address: with its time, by which it is found again. */
export const addressOf = ({ timestamp, id }: Pick<TrailEntry, 'timestamp' | 'id'>): string =>
  `${timestamp}~${id}`;

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** What one entry says of names: of who did it, and of what it is about. */
function saidBy(entry: TrailEntry): readonly (readonly [string, Known])[] {
  const { before, after } = entry.details;
  const image = after ?? before ?? {};
  const kind = kindOf(entry);
  const said: (readonly [string, Known])[] = [];
  // What is said of the entry's own thing comes first: it was called so then.
  for (const [id, called] of Object.entries(entry.names ?? {})) said.push([id, { name: called }]);
  if (entry.actorName !== null) said.push([entry.userId, { name: entry.actorName }]);
  const name = text(image.name);
  const isGone = after === null && before !== null;
  if (kind === 'user' || kind === 'team' || kind === 'kpi') said.push([idOf(entry), { name, isGone }]);
  const userId = text(image.userId);
  if (kind === 'teamMember' && userId !== undefined) said.push([userId, { name }]);
  return said;
}

/** What is known: the newest entry counts, and of what is there now, what the server says. */
export function namesOf(entries: readonly TrailEntry[], served: readonly ServedNames[] = []): Names {
  const names = new Map<string, Known>();
  for (const [id, known] of entries.flatMap(saidBy)) {
    const sofar = names.get(id);
    names.set(id, { name: sofar?.name ?? known.name, isGone: sofar?.isGone ?? known.isGone ?? false });
  }
  for (const [id, name] of served.flatMap((some) => Object.entries(some)))
    names.set(id, { name: name ?? names.get(id)?.name, isGone: name === null });
  return names;
}
