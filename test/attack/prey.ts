import { changedKeys, makeVictim } from '../access/victim.ts';
import { makeWorld, type World } from '../access/world.ts';
import type { TestProduct } from '../support/product.ts';

/** A running product with an organization that is attacked from another one. */
export interface Prey {
  readonly product: TestProduct;
  readonly world: World;
  /** Texts that only the attacked organization has, and that no attacker was given: ids, names, addresses. */
  readonly secrets: readonly string[];
  /** Keys of what the table keeps of the attacked organization and had otherwise the last time. */
  changedKeys(): Promise<string[]>;
}

/** Makes the two organizations, and in the attacked one things that nobody names to the attackers. */
export async function makePrey(product: TestProduct): Promise<Prey> {
  const world = await makeWorld(product);
  // What scheduled runs write of every organization.
  const victim = await makeVictim(product, world, { restless: /#(usage|access#usage-run)/ });
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
