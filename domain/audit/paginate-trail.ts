/** A position in an audit log. Reading continues with older entries. */
export interface AuditPosition {
  readonly timestamp: string;
  readonly entryId: string;
}

/**
 * Entries found in one month, newest first. `stoppedAt`: how far down it was examined; null if to its
 * beginning.
 */
export interface Batch<Entry> {
  readonly entries: readonly Entry[];
  readonly examined: number;
  readonly stoppedAt: AuditPosition | null;
}

/**
 * Months with entries, latest first. `from`: the month down to which the list is complete; absent if
 * nothing is older.
 */
export interface OlderMonths {
  readonly months: readonly string[];
  readonly from?: string;
}

/** The layout of an audit log: months (`2026-11`), each spread over shards that are read in parallel. */
export interface Trail<Entry extends AuditPosition> {
  readonly shards: number;
  /** Months before that of `since` that contain entries. Called when reading is about to pass `since`. */
  older?(): Promise<OlderMonths>;
  /**
   * Reads one shard of a month downwards from `before`, examining `most` entries. `before` may be later
   * than the month.
   */
  read(
    place: { readonly month: string; readonly shard: number },
    before: AuditPosition,
    most: number,
  ): Promise<Batch<Entry>>;
}

/**
 * What to read: at most `limit` entries older than `position`. Of the months before `since` (ISO 8601),
 * only those with entries are read.
 */
interface Paging {
  readonly since: string;
  readonly position: AuditPosition;
  readonly limit: number;
  /** Whether a filter skips entries, so that more are examined than returned. */
  readonly sparse: boolean;
  readonly mostExamined: number;
}

/** The entries found, newest first, and where to continue; null at the end. */
export interface Found<Entry> {
  readonly entries: Entry[];
  readonly next: AuditPosition | null;
}

/** How many passes a request makes: over the newest months, then once more for what is missing. */
const passes = 2;
// This month and the previous one: a page seldom reaches further back.
const near = 2;
// How many queries the second pass makes in parallel if the newest months contained too little. With a
// filter, each may read for long.
const farQueries = 48;
const farSparseQueries = 12;
/** How many entries the first pass examines per match. */
const sparseness = 5;

const keyOf = ({ timestamp, entryId }: AuditPosition): string => `${timestamp}#${entryId}`;
const newestFirst = (one: AuditPosition, other: AuditPosition): number =>
  keyOf(one) < keyOf(other) ? 1 : -1;

/** The last position before a month. */
const beneath = (month: string): AuditPosition => ({
  timestamp: new Date(Date.parse(month) - 1).toISOString(),
  entryId: lastId,
});

/** Sorts after every entry id. */
export const lastId = '\uffff';

/** The month of a time or a day, `2026-11`. */
export const monthOf = (timestamp: string): string => timestamp.slice(0, 7);

/** The months from that of `from` down to that of `since`, at most `count`. */
export function monthsDown(from: string, count: number, since: string): string[] {
  const months: string[] = [];
  let month = monthOf(from);
  while (months.length < count && month >= monthOf(since)) {
    months.push(month);
    month = monthOf(beneath(month).timestamp);
  }
  return months;
}

/**
 * One month across all shards. It ends where the first shard stopped, since below that other shards are
 * incomplete.
 */
async function readMonth<Entry extends AuditPosition>(
  trail: Trail<Entry>,
  month: string,
  before: AuditPosition,
  most: number,
): Promise<Batch<Entry>> {
  const shards = Array.from({ length: trail.shards }, (_, shard) => shard);
  const batches = await Promise.all(shards.map((shard) => trail.read({ month, shard }, before, most)));
  const [stoppedAt = null] = batches
    .flatMap((batch) => (batch.stoppedAt === null ? [] : [batch.stoppedAt]))
    .sort(newestFirst);
  const entries = batches
    .flatMap((batch) => batch.entries)
    .filter((entry) => stoppedAt === null || keyOf(entry) >= keyOf(stoppedAt))
    .sort(newestFirst);
  const examined = batches.reduce((sum, batch) => sum + batch.examined, 0);
  return { entries, examined, stoppedAt };
}

interface Pass {
  readonly first: boolean;
  readonly sparse: boolean;
  readonly wanted: number;
  readonly shards: number;
  /** How many entries a query of a filtered pass may examine. */
  readonly affordable: number;
}

/**
 * How many entries each query of a pass examines. Entries are spread evenly over shards, so a shard seldom
 * has more than twice its share of a page; if it does, the second pass reads the rest.
 */
function depthOf({ first, sparse, wanted, shards, affordable }: Pass): number {
  const share = first && shards > 1 ? Math.min(wanted, 2 * Math.ceil(wanted / shards) + 2) : wanted;
  if (!sparse) return share;
  return first ? Math.min(share * sparseness, affordable) : affordable;
}

const nothingOlder = async (): Promise<OlderMonths> => ({ months: [] });

/**
 * Reads down an audit log until `limit` entries are found, the log ends, two passes are made or
 * `mostExamined` entries are examined. It may return fewer, with the position to continue from, so that a
 * request is bounded however rare matches are. Without a filter a page is full, unless there are years
 * without entries.
 */
export async function paginate<Entry extends AuditPosition>(
  { shards, older = nothingOlder, ...trail }: Trail<Entry>,
  { since, position, limit, sparse, mostExamined }: Paging,
): Promise<Found<Entry>> {
  const entries: Entry[] = [];
  const first = monthOf(since);
  let at = position;
  let left = mostExamined;
  let reach = near;
  let beyond = monthOf(at.timestamp) < first ? await older() : undefined;
  const monthsFrom = (count: number) =>
    [
      ...monthsDown(at.timestamp, count, since),
      ...(beyond?.months ?? []).filter((month) => month < first && month <= monthOf(at.timestamp)),
    ].slice(0, count);
  const placeToGoOn = () => {
    if (monthsFrom(1).length > 0) return at;
    return beyond?.from === undefined ? null : beneath(beyond.from);
  };
  for (let pass = 1; pass <= passes; pass += 1) {
    const months = monthsFrom(reach);
    if (months.length === 0) break;
    const queries = months.length * shards;
    const affordable = Math.floor(left / queries);
    // One more than the page, to know whether there is more.
    const wanted = limit + 1 - entries.length;
    const most = depthOf({ first: pass === 1, sparse, wanted, shards, affordable });
    if (most < 1) return { entries, next: at };
    const before = at;
    const [batches, asked] = await Promise.all([
      Promise.all(months.map((month) => readMonth({ ...trail, shards }, month, before, most))),
      // Read in parallel with the last month above, so that it costs no extra round trip.
      beyond === undefined && months.includes(first) ? older() : beyond,
    ]);
    beyond = asked;
    left -= batches.reduce((sum, { examined }) => sum + examined, queries);
    reach = Math.ceil((sparse ? farSparseQueries : farQueries) / shards);
    for (const [index, batch] of batches.entries()) {
      entries.push(...batch.entries);
      at = batch.stoppedAt ?? beneath(months[index] ?? '');
      if (batch.stoppedAt === null) continue;
      if (sparse) reach = near;
      break;
    }
    const last = entries[limit - 1];
    if (entries.length > limit && last !== undefined) {
      const { timestamp, entryId } = last;
      return { entries: entries.slice(0, limit), next: { timestamp, entryId } };
    }
  }
  return { entries, next: placeToGoOn() };
}
