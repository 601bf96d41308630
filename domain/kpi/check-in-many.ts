import { type Context, naming } from '../context.ts';
import { invalidLine, refused, refusedBy, wrongLine } from '../dry-run.schema.ts';
import { listedCheckInId } from '../ids.ts';
import { findMany } from '../table/reads.ts';
import { create, fresh } from '../table/writes.ts';
import { type BulkCheckInResult, ListedCheckIn } from './check-in.schema.ts';
import { problemOfTime } from './create-check-in.ts';
import { CheckInItem } from './kpi.noun.ts';
import { kpiRefusals } from './kpi.refusals.ts';
import type { Kpi } from './kpi.schema.ts';
import { kpisCalled } from './kpi-names.ts';
import { withValue, writeCheckIn } from './latest-value.ts';

type Outcome = Omit<BulkCheckInResult['results'][number], 'index'>;

interface CheckInList {
  readonly lines: readonly object[];
  /** Throws when the reporter may not check in on this KPI. */
  readonly permit: (kpi: Kpi) => void;
  readonly dryRun: boolean;
}

/** A parsed line with the value to write. */
interface Wanted {
  readonly index: number;
  readonly kpi: Kpi;
  readonly at: string;
  readonly value: number;
  readonly note: string | undefined;
}

const [kpisAtOnce, valuesAtOnce] = [8, 50];

/**
 * Checks in line by line. Returns a result for each, in order; a refused line doesn't affect the others.
 * Repeating a list adds nothing, and an interrupted list is continued.
 */
export async function checkInMany(
  ctx: Context,
  { lines, permit, dryRun }: CheckInList,
): Promise<BulkCheckInResult> {
  const outcomes = new Map<number, Outcome>();
  const wanted = await readLines(ctx, { lines, permit }, outcomes);
  const { missing, ...there } = await compare(ctx, wanted);
  for (const [index, outcome] of there.outcomes) outcomes.set(index, outcome);
  if (dryRun) for (const { index, kpi } of missing) outcomes.set(index, { status: 'created', kpiId: kpi.id });
  else await write(ctx, missing, outcomes);
  const results = [...outcomes].map(([index, outcome]) => ({ index, ...outcome }));
  return { applied: !dryRun, results: results.sort((one, other) => one.index - other.index) };
}

/** The valid lines; problems of the others go into `outcomes`. */
async function readLines(
  { scope, now }: Context,
  { lines, permit }: Omit<CheckInList, 'dryRun'>,
  outcomes: Map<number, Outcome>,
): Promise<Wanted[]> {
  const read = lines.flatMap((line, index) => {
    const { data, error } = ListedCheckIn.safeParse(line);
    if (error !== undefined) outcomes.set(index, invalidLine(error));
    return data === undefined ? [] : [{ index, ...data }];
  });
  const called = await kpisCalled(scope, new Set(read.map(({ kpi }) => kpi)), now);
  const first = new Map<string, number>();
  return read.flatMap(({ index, kpi: name, date: at, value, note }) => {
    const found = meant(called.get(name) ?? [], permit);
    if ('refusal' in found) {
      outcomes.set(index, found.refusal);
      return [];
    }
    const { kpi } = found;
    const key = `${kpi.id} ${at}`;
    const earlier = first.get(key);
    const wrong = problemOfTime(kpi, { at: new Date(at), path: 'date' }, now);
    if (kpi.formula !== undefined) outcomes.set(index, refused(kpiRefusals.kpi_computed()));
    else if (earlier !== undefined)
      outcomes.set(index, refused(kpiRefusals.check_in_listed_twice({ line: earlier + 1 })));
    else if (wrong !== null) outcomes.set(index, wrongLine([wrong]));
    else first.set(key, index);
    return first.get(key) === index ? [{ index, kpi, at, value, note }] : [];
  });
}

/** The only KPI with this name that the reporter may check in on, or why there is none. */
function meant(
  kpis: readonly Kpi[],
  permit: CheckInList['permit'],
): { readonly kpi: Kpi } | { readonly refusal: Outcome } {
  const refusals: Outcome[] = [];
  const [kpi, ...others] = kpis.filter((one) => {
    try {
      permit(one);
      return true;
    } catch (error) {
      refusals.push(refusedBy(error));
      return false;
    }
  });
  if (others.length > 0) return { refusal: refused(kpiRefusals.kpi_name_shared()) };
  if (kpi !== undefined) return { kpi };
  // A KPI that the reporter can't see looks like a missing one.
  const refusal = refusals.find(({ code }) => code !== 'not_found');
  return { refusal: refusal ?? refused(kpiRefusals.kpi_name_not_found()) };
}

const keyOf = ({ kpi, at }: Pick<Wanted, 'kpi' | 'at'>) => ({
  kpiId: kpi.id,
  at,
  checkInId: listedCheckInId(new Date(at)),
});

/** Which values of a list don't exist yet, and whether the existing ones are equal. */
async function compare(ctx: Context, wanted: readonly Wanted[]) {
  const stored = await findMany(ctx.scope, CheckInItem, wanted.map(keyOf));
  const byKey = new Map(stored.map((item) => [`${item.kpiId} ${item.at}`, item]));
  const there = (one: Wanted) => byKey.get(`${one.kpi.id} ${one.at}`);
  const outcomes = wanted.flatMap((one) => {
    const item = there(one);
    if (item === undefined) return [];
    const isSame = item.value === one.value && item.note === one.note;
    const outcome: Outcome = isSame
      ? { status: 'unchanged', kpiId: one.kpi.id }
      : refused(kpiRefusals.check_in_differs({ value: item.value }));
    return [[one.index, outcome] as const];
  });
  return { outcomes, missing: wanted.filter((one) => there(one) === undefined) };
}

/**
 * Writes the values of each KPI in turn, several per transaction, so that a list doesn't conflict with
 * itself.
 */
async function write(
  ctx: Context,
  missing: readonly Wanted[],
  outcomes: Map<number, Outcome>,
): Promise<void> {
  const queue = [...Map.groupBy(missing, ({ kpi }) => kpi.id).values()].values();
  const worker = async () => {
    for (const values of queue)
      for (let from = 0; from < values.length; from += valuesAtOnce)
        await writeSome(ctx, values.slice(from, from + valuesAtOnce), outcomes);
  };
  await Promise.all(Array.from({ length: kpisAtOnce }, worker));
}

/** Another request has written one of the values at the same moment. */
const crossed = kpiRefusals.kpi_overtaken();

async function writeSome(
  ctx: Context,
  some: readonly Wanted[],
  outcomes: Map<number, Outcome>,
): Promise<void> {
  let left = some;
  try {
    while (left.length > 0) {
      try {
        await writeValues(ctx, left);
        break;
      } catch (error) {
        if (error !== crossed) throw error;
        const again = await compare(ctx, left);
        for (const [index, outcome] of again.outcomes) outcomes.set(index, outcome);
        // Deleted again meanwhile: the caller has to repeat these lines.
        if (again.missing.length === left.length) throw error;
        left = again.missing;
      }
    }
    for (const { index, kpi } of left) outcomes.set(index, { status: 'created', kpiId: kpi.id });
  } catch (error) {
    const refusal = refusedBy(error);
    for (const { index } of left) outcomes.set(index, refusal);
  }
}

/** Writes values of one KPI in one transaction. */
async function writeValues(given: Context, values: readonly Wanted[]): Promise<void> {
  const [first] = values;
  if (first === undefined) return;
  const ctx = naming(given, [first.kpi.id, first.kpi.name]);
  const { scope, actor, now } = ctx;
  const expiresAt = Math.floor(now.getTime() / 1000) + CheckInItem.lasts;
  const items = values.map(({ value, note, ...place }) =>
    fresh(ctx, CheckInItem, { ...keyOf(place), value, note, by: actor.by, expiresAt }, 'check-in.created'),
  );
  await writeCheckIn(ctx, first.kpi, {
    writes: items.map((item) => create(scope, CheckInItem, item, () => crossed)),
    action: 'check-in.created',
    next: (recent) =>
      items.reduce((kept, { checkInId, value }) => withValue(kept, { checkInId, value }), recent),
  });
}
