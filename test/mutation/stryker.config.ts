import type { Stryker } from '@stryker-mutator/core';
import { chosenTargets } from './chosen-targets.ts';

/** How `npm run mutation` runs Stryker. */
export const options = (): ConstructorParameters<typeof Stryker>[0] => ({
  plugins: ['@stryker-mutator/vitest-runner'],
  testRunner: 'vitest',
  vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
  mutate: chosenTargets().flatMap(({ files }) => [...files]),
  // Without tsconfig.json: Stryker would rewrite it, which needs functions of the older compiler.
  ignorePatterns: [
    '/*',
    '!/docs',
    '!/domain',
    '!/events',
    '!/functions',
    '!/infra',
    '!/test',
    '!/package.json',
  ],
  coverageAnalysis: 'perTest',
  // Its mutants need a fresh process each, since the changed code only runs at the start.
  ignoreStatic: false,
  concurrency: 1,
  timeoutMS: 20_000,
  reporters: ['json'],
  jsonReporter: { fileName: 'test/artifacts/mutation.json' },
  tempDirName: 'node_modules/.cache/mtcms/mutation',
  disableTypeChecks: true,
  allowConsoleColors: false,
});
