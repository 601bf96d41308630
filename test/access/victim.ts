import { setTimeout as pause } from 'node:timers/promises';
import { type AttributeValue, ScanCommand } from '@aws-sdk/client-dynamodb';
import { tableLayout } from '../../domain/table/layout.ts';
import { engineOf } from '../support/engine.ts';
import type { TestProduct } from '../support/product.ts';
import { consumersRest } from '../support/seeded-state.ts';
import { type Ids, teamWithThings, type World } from './world.ts';

type Item = Record<string, AttributeValue>;

/** An organization's items in the table: each as the engine returns it, by key. */
export type Dump = ReadonlyMap<string, string>;

/** The target organization of an attack from another one. */
export interface Victim {
  /** Strings that occur only there and that no attacker was given: ids, names, addresses. */
  readonly secrets: readonly string[];
  /** Its items, once all streams have settled: entries and webhooks follow their cause with a delay. */
  dump(): Promise<Dump>;
  /** Keys of the attackers' items, except their audit log, that contain its data. */
  named(): Promise<string[]>;
}

const partition = ({ pk }: Item) => pk?.S ?? '';

async function allItems(product: TestProduct): Promise<Item[]> {
  const { plain, TableName } = engineOf(product);
  const found: Item[] = [];
  let ExclusiveStartKey: Item | undefined;
  do {
    const page = await plain.send(new ScanCommand({ TableName, ExclusiveStartKey }));
    found.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  plain.destroy();
  return found;
}

const keyOf = (item: Item) => `${partition(item)} ${item[tableLayout.sortKey]?.S}`;

const of = (items: readonly Item[], organizationId: string) =>
  items.filter((item) => partition(item).startsWith(`${organizationId}#`));

const textsOf = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsOf)
      : [];

const tells = /^[a-z]+_\w{20}|@|zanzibar/;

/** Items that DynamoDB expires before the attack is over, such as counters of a minute. */
const expiresSoon = (item: Item) =>
  Number(item[tableLayout.timeToLive]?.N ?? Number.POSITIVE_INFINITY) < Date.now() / 1000 + 3600;

/** An item as a canonical string: the engine returns map members in any order. */
const sorted = (item: Item): string =>
  JSON.stringify(item, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

/** What usage runs, which a super admin may request, compute for an organization's directory row. */
const computed = ['stage', 'signals', 'reached', 'weekAgo'];

const withoutComputed = (item: Item): Item =>
  partition(item).endsWith('#organization')
    ? Object.fromEntries(Object.entries(item).filter(([name]) => !computed.includes(name)))
    : item;

interface Setting {
  /** Further setup by its users, with data that isn't given to the attackers. */
  readonly more?: (hidden: Ids) => Promise<void>;
  /** Partitions that change independently of an attack. */
  readonly restless?: RegExp;
}

/** Prepares the world's other organization as a target, with data that isn't given to the attackers. */
export async function makeVictim(
  product: TestProduct,
  { away, foreign, own }: World,
  { more, restless }: Setting = {},
): Promise<Victim> {
  const hidden = await teamWithThings(product, away, 'zanzibar');
  await more?.({ ...foreign, ...hidden });
  const organizationId = String(foreign.organizationId);
  let left: ReadonlySet<string> | undefined;
  const lookOnce = async (): Promise<Dump> => {
    await consumersRest(product.origin);
    const items = of(await allItems(product), organizationId);
    left ??= new Set(items.filter(expiresSoon).map(keyOf));
    const kept = items.filter((item) => !restless?.test(partition(item)) && !left?.has(keyOf(item)));
    return new Map(kept.map((item) => [keyOf(item), sorted(withoutComputed(item))] as const).toSorted());
  };
  const items = await allItems(product);
  const known = new Set([
    ...Object.values(foreign),
    ...of(items, String(own.organizationId)).flatMap(textsOf),
  ]);
  const theirs = new Set(of(items, organizationId).flatMap(textsOf));
  return {
    secrets: [...theirs].filter((text) => tells.test(text) && !known.has(text)),
    async dump() {
      let seen = await lookOnce();
      for (let tries = 0; tries < 30; tries += 1) {
        await pause(1000);
        const again = await lookOnce();
        if (changedKeys(seen, again).length === 0) break;
        seen = again;
      }
      return seen;
    },
    async named() {
      const ids = Object.values(foreign);
      return of(await allItems(product), String(own.organizationId)).flatMap((item) => {
        const text = sorted(item);
        const isTrail = /#(audit|access|request)/.test(partition(item));
        return !isTrail && ids.some((id) => text.includes(id)) ? [keyOf(item)] : [];
      });
    },
  };
}

/** Keys of items that differ between two dumps, or that only one contains. */
export const changedKeys = (before: Dump, after: Dump): string[] =>
  [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key));
