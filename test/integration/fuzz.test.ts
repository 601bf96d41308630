import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../functions/http/routes.ts';
import { makeWorld, type World } from '../access/world.ts';
import { fuzz } from '../fuzz/fuzz.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';

let product: TestProduct;
let world: World;
beforeAll(async () => {
  product = await startTestProduct();
  world = await makeWorld(product);
});
afterAll(() => product.stop());

// `npm run fuzz` sends any number.
describe('a thousand requests, right and wrong', () => {
  it('are each answered as the document says, and none with an error of ours', async () => {
    const { statuses, findings } = await fuzz(product, world, { requests: 1000, seed: 20_261_125 });
    expect(findings).toEqual([]);
    expect(Object.keys(statuses)).toHaveLength(Object.keys(routes).length);
    // Not all requests are refused early: most routes also got valid ones.
    const answered = Object.values(statuses).filter((byStatus) =>
      Object.keys(byStatus).some((it) => it < '300'),
    );
    expect(answered.length).toBeGreaterThan(Object.keys(routes).length / 3);
  }, 600_000);
});
