/** A place in a trail. Reading goes on with what is older than it. */
export interface AuditPosition {
  readonly timestamp: string;
  readonly entryId: string;
}

/** Some entries of one period, newest first, of those examined. `stoppedAt`: how far down, or null to the period's beginning. */
export interface Stretch<Entry> {
  readonly entries: readonly Entry[];
  readonly examined: number;
  readonly stoppedAt: AuditPosition | null;
}

/** How a trail is laid out: in periods (months or days), each spread over lanes that are read side by side. */
export interface Trail<Entry extends AuditPosition> {
  /** How many characters of a timestamp name the period: 7 for months, 10 for days. */
  readonly periodLength: 7 | 10;
  readonly lanes: number;
  /** Reads one lane of a period downwards from `before`, which may be in it or after it, examining `most` entries. */
  read(
    place: { readonly period: string; readonly lane: number },
    before: AuditPosition,
    most: number,
  ): Promise<Stretch<Entry>>;
}

/** What is asked of a trail: at most `limit` entries older than `position` and not older than `since` (ISO 8601). */
interface Walk {
  readonly since: string;
  readonly position: AuditPosition;
  readonly limit: number;
  /** How many entries one query looks at to find one that fits; 1 when all fit. */
  readonly sparseness: number;
  readonly mostExamined: number;
}

/** What was found, newest first, and where to go on: null when there is nothing further down. */
export interface Found<Entry> {
  readonly entries: Entry[];
  readonly next: AuditPosition | null;
}

// How many periods are asked at once: first this one and the one before, as a page seldom reaches further; then, past
// periods that held too little, many.
const near = 2;
const far = 12;

const keyOf = ({ timestamp, entryId }: AuditPosition): string => `${timestamp}#${entryId}`;
const newestFirst = (one: AuditPosition, other: AuditPosition): number =>
  keyOf(one) < keyOf(other) ? 1 : -1;

/** The last place of the time before a period. */
const beneath = (period: string): AuditPosition => ({
  timestamp: new Date(Date.parse(period) - 1).toISOString(),
  entryId: lastId,
});

/** Sorts after every entry's id. */
export const lastId = '\uffff';

function periodsDown(from: string, count: number, since: string, length: number): string[] {
  const periods: string[] = [];
  let period = from.slice(0, length);
  while (periods.length < count && period >= since.slice(0, length)) {
    periods.push(period);
    period = beneath(period).timestamp.slice(0, length);
  }
  return periods;
}

/** One period of all lanes. Below the place where the first lane stopped, others may hold what it didn't get to. */
async function readPeriod<Entry extends AuditPosition>(
  trail: Trail<Entry>,
  period: string,
  before: AuditPosition,
  most: number,
): Promise<Stretch<Entry>> {
  const lanes = Array.from({ length: trail.lanes }, (_, lane) => lane);
  const stretches = await Promise.all(lanes.map((lane) => trail.read({ period, lane }, before, most)));
  const [stoppedAt = null] = stretches
    .flatMap((stretch) => (stretch.stoppedAt === null ? [] : [stretch.stoppedAt]))
    .sort(newestFirst);
  const entries = stretches
    .flatMap((stretch) => stretch.entries)
    .filter((entry) => stoppedAt === null || keyOf(entry) >= keyOf(stoppedAt))
    .sort(newestFirst);
  const examined = stretches.reduce((sum, stretch) => sum + stretch.examined, 0);
  return { entries, examined, stoppedAt };
}

/**
 * Walks down a trail until `limit` entries are found, the trail ends, or `mostExamined` entries were looked at: then fewer come,
 * with the place to go on from. So a request ends, however rare what it looks for.
 */
export async function walkDown<Entry extends AuditPosition>(
  trail: Trail<Entry>,
  { since, position, limit, sparseness, mostExamined }: Walk,
): Promise<Found<Entry>> {
  const entries: Entry[] = [];
  let at = position;
  let left = mostExamined;
  let reach = near;
  for (;;) {
    const periods = periodsDown(at.timestamp, reach, since, trail.periodLength);
    if (periods.length === 0) return { entries, next: null };
    const queries = periods.length * trail.lanes;
    // One more than the page holds says whether there is more.
    const most = Math.min((limit + 1 - entries.length) * sparseness, Math.floor(left / queries));
    if (most < 1) return { entries, next: at };
    const stretches = await Promise.all(periods.map((period) => readPeriod(trail, period, at, most)));
    // A query that examined nothing was a round trip all the same.
    left -= stretches.reduce((sum, { examined }) => sum + examined, queries);
    reach = far;
    for (const [index, stretch] of stretches.entries()) {
      entries.push(...stretch.entries);
      at = stretch.stoppedAt ?? beneath(periods[index] ?? '');
      if (stretch.stoppedAt === null) continue;
      reach = near;
      break;
    }
    const last = entries[limit - 1];
    if (entries.length > limit && last !== undefined) {
      const { timestamp, entryId } = last;
      return { entries: entries.slice(0, limit), next: { timestamp, entryId } };
    }
  }
}
