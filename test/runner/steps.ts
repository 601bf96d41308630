/** One script of package.json. */
export interface Step {
  readonly title: string;
  readonly script: string;
  /** It runs vitest, and so has totals. */
  readonly tests?: true;
  /** What it prints is worth reading also when all is well. */
  readonly prints?: true;
}

/**
 * What `npm test` runs, cheapest first. The steps of a stage run side by side: two cores hold two of the light ones, and
 * one of those that start the product.
 */
export const stages: readonly (readonly Step[])[] = [
  [
    { title: 'format and lint', script: 'lint' },
    { title: 'types', script: 'types' },
  ],
  [
    { title: 'import rules', script: 'imports' },
    { title: 'dead code', script: 'dead-code' },
  ],
  [{ title: 'unit', script: 'test:unit', tests: true }],
  [{ title: 'infrastructure', script: 'test:infra', tests: true }],
  [{ title: 'web components', script: 'test:web', tests: true }],
  [{ title: 'integration', script: 'test:integration', tests: true }],
  [{ title: 'end to end', script: 'test:e2e', tests: true }],
  [{ title: 'bundle budgets and licences', script: 'bundles', prints: true }],
];
