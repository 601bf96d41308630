import type { Context } from '../context.ts';
import { nameOrder, wordMatcher } from '../folded-text.ts';
import { KpiId } from '../ids.ts';
import { entityOf } from '../table/entity.ts';
import { placesOf } from '../table/query.ts';
import { consistently, find, findMany } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { deleteOperation, transact, type Write } from '../table/transaction.ts';
import { replace } from '../table/writes.ts';
import { findKpis, showKpi } from './find-kpi.ts';
import { KpiItem, KpiNameItem, KpiNamesItem } from './kpi.noun.ts';
import type { Kpi, KpiOrder } from './kpi.schema.ts';
import type { KpiPlace } from './kpi-order.ts';
import { chunkSize, kpisOf } from './read-kpis.ts';

/**
 * The writes that change a KPI's entry in the name order. `before` is null for a new KPI, `after` for a
 * deleted one.
 */
export function moveName(
  scope: OrganizationScope,
  kpiId: KpiId,
  before: string | null,
  after: string | null,
): Write[] {
  const { organizationId } = scope;
  if (before === after) return [];
  const key = before === null ? null : { organizationId, nameOrder: nameOrder(before), kpiId };
  const stays = before !== null && after !== null && nameOrder(before) === nameOrder(after);
  return [
    ...(key === null || stays ? [] : [deleteOperation(scope, entityOf(KpiNameItem).delete(key))]),
    ...(after === null
      ? []
      : [replace(scope, KpiNameItem, { nameOrder: nameOrder(after), kpiId, name: after })]),
  ];
}

/** Whether `kpisByName` finds all of an organization's KPIs. */
export const areNamesComplete = async (scope: OrganizationScope): Promise<boolean> =>
  (await find(scope, KpiNamesItem, {})) !== null;

const writesAtOnce = 50;

/**
 * Adds KPIs that predate the name order to it, once. Returns how many. A KPI renamed meanwhile leaves an
 * entry that is ignored.
 */
export async function completeNames({ scope, now }: Context): Promise<number> {
  if (await areNamesComplete(scope)) return 0;
  let count = 0;
  let waiting: Write[] = [];
  const everything = kpisOf(scope, [{ of: 'organization' }], { position: undefined, size: chunkSize }, now);
  for await (const { id, name } of everything) {
    waiting.push(...moveName(scope, id, null, name));
    count += 1;
    if (waiting.length === writesAtOnce) {
      await transact(scope, waiting);
      waiting = [];
    }
  }
  await transact(scope, [...waiting, replace(scope, KpiNamesItem, { since: now.toISOString() })]);
  return count;
}

const placeIn = placesOf(entityOf(KpiNameItem)).byAccessPattern.primary.fromComposite.toCursor;

interface ByName {
  readonly search: string | undefined;
  readonly direction: KpiOrder['direction'];
  readonly after: KpiPlace | undefined;
  readonly size: number;
}

/**
 * An organization's KPIs by name, after a position: 2 round trips per `size` KPIs. A search reads the small
 * name items until enough match.
 */
export async function* kpisByName(
  scope: OrganizationScope,
  { search, direction, after, size }: ByName,
  now: Date,
): AsyncGenerator<Kpi> {
  const { organizationId } = scope;
  const [, order = '', kpiId] = after ?? [];
  const isFound = wordMatcher(search ?? '');
  let cursor = kpiId === undefined ? null : placeIn({ organizationId, nameOrder: order, kpiId });
  do {
    const { data, cursor: next }: { data: readonly Named[]; cursor: string | null } = await entityOf(
      KpiNameItem,
    )
      .query.primary({ organizationId })
      .go({
        ...consistently(scope),
        ...(search === undefined ? { limit: size } : {}),
        pages: 1,
        order: direction,
        cursor,
      });
    const names = data.filter(({ name }) => isFound([name]));
    for (let from = 0; from < names.length; from += chunkSize)
      yield* ofNames(scope, names.slice(from, from + chunkSize), now);
    cursor = next;
  } while (cursor !== null);
}

/** More KPIs than this with the same name aren't distinguished. */
const mostOfOneName = 20;

/**
 * The KPIs that a user means by an id or a name, by what they entered. An exact match takes precedence over
 * one that differs in case or accents.
 */
export async function kpisCalled(
  scope: OrganizationScope,
  written: ReadonlySet<string>,
  now: Date,
): Promise<ReadonlyMap<string, readonly Kpi[]>> {
  const ids = new Set([...written].flatMap((text) => KpiId.safeParse(text).data ?? []));
  const names = [...written].filter((text) => !KpiId.safeParse(text).success);
  const queue = new Set(names.map(nameOrder)).values();
  const named = new Map<string, readonly Named[]>();
  const worker = async () => {
    for (const order of queue) named.set(order, await namesIn(scope, order));
  };
  await Promise.all(Array.from({ length: namesAtOnce }, worker));
  for (const { kpiId } of [...named.values()].flat()) ids.add(kpiId);
  const kpis = new Map((await findKpis(scope, [...ids], now)).map((kpi) => [String(kpi.id), kpi]));
  return new Map(
    [...written].map((text): readonly [string, readonly Kpi[]] => {
      const byId = kpis.get(text);
      if (byId !== undefined) return [text, [byId]];
      const candidates = (named.get(nameOrder(text)) ?? []).flatMap(({ kpiId, name }) => {
        const kpi = kpis.get(kpiId);
        return kpi === undefined || kpi.name !== name ? [] : [kpi];
      });
      const exact = candidates.filter(({ name }) => name === text);
      return [text, exact.length > 0 ? exact : candidates];
    }),
  );
}

const namesAtOnce = 10;

async function namesIn(
  { organizationId, client, table }: OrganizationScope,
  order: string,
): Promise<readonly Named[]> {
  const { data } = await entityOf(KpiNameItem)
    .query.primary({ organizationId })
    .begins({ nameOrder: order })
    .go({ client, table, limit: mostOfOneName, pages: 1 });
  return data.filter((one) => one.nameOrder === order);
}

interface Named {
  readonly name: string;
  readonly kpiId: KpiId;
}

/** The KPIs that still have these names, in the same order. */
async function* ofNames(scope: OrganizationScope, names: readonly Named[], now: Date): AsyncGenerator<Kpi> {
  const keys = names.map(({ kpiId }) => ({ kpiId }));
  const byId = new Map((await findMany(scope, KpiItem, keys)).map((kpi) => [kpi.kpiId, kpi]));
  for (const { name, kpiId } of names) {
    const kpi = byId.get(kpiId);
    if (kpi?.name === name) yield showKpi(kpi, now);
  }
}
