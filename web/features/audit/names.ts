import type { FeedAuditEntry, ShownAuditEntry } from '../../../domain/audit/audit.schema.ts';

/** An entry of one organization's audit log, or of the platform's feed, which names the organization. */
export type TrailEntry = ShownAuditEntry & Partial<Pick<FeedAuditEntry, 'organizationName' | 'isWithheld'>>;

/** What is known about an id. */
interface Known {
  readonly name?: string | undefined;
  /** Whether it has been deleted. */
  readonly isGone?: boolean;
}

/** Names from the entries and the server, by id. */
export type Names = ReadonlyMap<string, Known>;

/** The server's names by id: null if deleted. */
export type ServedNames = Readonly<Record<string, string | null>>;

/** The type in a resource, before the slash: `checkIn`. */
export const kindOf = ({ resource }: TrailEntry): string => resource.slice(0, resource.indexOf('/'));
/** The id in a resource, after the slash. */
export const idOf = ({ resource }: TrailEntry): string => resource.slice(resource.indexOf('/') + 1);

/** The key of an entry in the URL; it contains the time, to find the entry by. */
export const addressOf = ({ timestamp, id }: Pick<TrailEntry, 'timestamp' | 'id'>): string =>
  `${timestamp}~${id}`;

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Names that one entry contains: of its actor and of its subject. */
function saidBy(entry: TrailEntry): readonly (readonly [string, Known])[] {
  const { before, after } = entry.details;
  const image = after ?? before ?? {};
  const kind = kindOf(entry);
  const said: (readonly [string, Known])[] = [];
  // The entry's own subject comes first: that was its name at the time.
  for (const [id, called] of Object.entries(entry.names ?? {})) said.push([id, { name: called }]);
  if (entry.actorName !== null) said.push([entry.userId, { name: entry.actorName }]);
  const name = text(image.name);
  const isGone = after === null && before !== null;
  if (kind === 'user' || kind === 'team' || kind === 'kpi') said.push([idOf(entry), { name, isGone }]);
  const userId = text(image.userId);
  if (kind === 'teamMember' && userId !== undefined) said.push([userId, { name }]);
  return said;
}

/** Combines names: the newest entry wins, and for existing items the server's name. */
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
