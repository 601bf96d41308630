import { seededState } from './seeded-state.ts';

/**
 * Before the first test that starts the product: builds it and creates the example data, which would exceed
 * a test's time limit.
 */
export async function setup(): Promise<void> {
  await seededState();
}
