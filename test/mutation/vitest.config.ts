import { defineConfig } from 'vitest/config';
import { throwawayDirectory } from '../support/throwaway-directory.ts';
import { chosenTargets } from './chosen-targets.ts';

/** The tests that run against mutants, without projects: Stryker runs them one file at a time. */
export default defineConfig({
  test: {
    include: chosenTargets().flatMap(({ tests }) => tests),
    env: { TMPDIR: throwawayDirectory() },
    hookTimeout: 120_000,
    testTimeout: 60_000,
  },
});
