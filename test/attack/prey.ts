import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { makeWorld, teamWithThings, type World } from '../access/world.ts';
import { engineOf } from '../support/engine.ts';
import type { TestProduct } from '../support/product.ts';
import { consumersRest } from '../support/seeded-state.ts';

const Item = z.looseObject({ pk: z.string(), sk: z.string() });
type Item = z.infer<typeof Item>;

/** A running product with an organization that is attacked from another one. */
export interface Prey {
  readonly product: TestProduct;
  readonly world: World;
  /** Texts that only the attacked organization has, and that no attacker was given: ids, names, addresses. */
  readonly secrets: readonly string[];
  /** Keys of what the table keeps of the attacked organization and had otherwise the last time. */
  changedKeys(): Promise<string[]>;
}

async function allItems(product: TestProduct): Promise<Item[]> {
  const { client, TableName } = engineOf(product);
  const found: unknown[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName, ExclusiveStartKey }));
    found.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  client.destroy();
  return z.array(Item).parse(found);
}

const of = (items: readonly Item[], organizationId: string) =>
  items.filter(({ pk }) => pk.startsWith(`${organizationId}#`));

/** What scheduled runs write of every organization, whoever attacks. */
const isScheduled = ({ pk }: Item) => /#(usage|access#usage-run)/.test(pk);

const textsOf = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsOf)
      : [];

const tells = /^(user|team|kpi|chk|inv|evt)_\w{20}|@|zanzibar/;

/** Makes the two organizations, and in the attacked one things that nobody names to the attackers. */
export async function makePrey(product: TestProduct): Promise<Prey> {
  const world = await makeWorld(product);
  await teamWithThings(product, world.away, 'zanzibar');
  const away = String(world.foreign.organizationId);
  const lookOnce = async () => {
    await consumersRest(product.origin);
    const kept = of(await allItems(product), away).filter((item) => !isScheduled(item));
    return new Map(kept.map((item) => [`${item.pk} ${item.sk}`, item]));
  };
  /** Once nothing moves any more: entries and webhooks come a moment after what they are about. */
  const look = async () => {
    let seen = await lookOnce();
    for (let tries = 0; tries < 30; tries += 1) {
      await pause(1000);
      const again = await lookOnce();
      if (isDeepStrictEqual(again, seen)) break;
      seen = again;
    }
    return seen;
  };
  let before = await look();
  const items = await allItems(product);
  const known = new Set([
    ...Object.values(world.foreign),
    ...of(items, String(world.own.organizationId)).flatMap(textsOf),
  ]);
  const theirs = new Set(of(items, away).flatMap(textsOf));
  return {
    product,
    world,
    secrets: [...theirs].filter((text) => tells.test(text) && !known.has(text)),
    async changedKeys() {
      const after = await look();
      const keys = [...new Set([...before.keys(), ...after.keys()])];
      const changed = keys.filter((key) => !isDeepStrictEqual(before.get(key), after.get(key)));
      before = after;
      return changed;
    },
  };
}
