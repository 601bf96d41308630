import { seededState } from './seeded-state.ts';

/**
 * Before the first test that starts the product: builds it and makes the example data, which no test's time
 * limit is for.
 */
export async function setup(): Promise<void> {
  await seededState();
}
