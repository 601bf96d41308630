import { changedKeys, makeVictim } from '../access/victim.ts';
import { makeWorld, type World } from '../access/world.ts';
import type { TestProduct } from '../support/product.ts';

/** A running product with an organization that is the target of an attack from another one. */
export interface Prey {
  readonly product: TestProduct;
  readonly world: World;
  /**
   * Strings that occur only in the target organization and that no attacker was given: ids, names,
   * addresses.
   */
  readonly secrets: readonly string[];
  /** Keys of the target organization's items in the table that have changed since the last call. */
  changedKeys(): Promise<string[]>;
}

/** Creates both organizations, the target with data that isn't given to the attackers. */
export async function makePrey(product: TestProduct): Promise<Prey> {
  const world = await makeWorld(product);
  // What scheduled runs write in every organization, and the sender about its own webhooks.
  const restless = /#(usage|access#usage-run|webhook-state)/;
  const victim = await makeVictim(product, world, { restless });
  let before = await victim.dump();
  return {
    product,
    world,
    secrets: victim.secrets,
    async changedKeys() {
      const after = await victim.dump();
      const keys = changedKeys(before, after);
      before = after;
      return keys;
    },
  };
}
