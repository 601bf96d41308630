/** One script of package.json. */
export interface Step {
  readonly title: string;
  readonly script: string;
  /** It runs vitest, and so has totals. */
  readonly tests?: true;
  /** Its output is worth reading even on success. */
  readonly prints?: true;
}

/**
 * The steps of `npm test`, cheapest first. The steps of a stage run concurrently; those with tests use both
 * cores by themselves.
 */
export const stages: readonly (readonly Step[])[] = [
  [
    { title: 'format and lint', script: 'lint' },
    { title: 'types', script: 'types' },
  ],
  [
    { title: 'import rules', script: 'imports' },
    { title: 'dead code', script: 'dead-code' },
    { title: 'bundle budgets and licences', script: 'bundles', prints: true },
  ],
  [{ title: 'unit, infrastructure, web components', script: 'test:parts', tests: true }],
  [{ title: 'integration, end to end', script: 'test:product', tests: true }],
];
