import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { throwawayDirectory } from './test/support/throwaway-directory.ts';

/** What takes longest begins first, so that no worker is left waiting for a browser at the end. */
const longestFirst = ['e2e', 'integration'];
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ project }: TestSpecification) => {
      const at = longestFirst.indexOf(project.name);
      return at === -1 ? longestFirst.length : at;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

const env = { TMPDIR: throwawayDirectory() };

/**
 * One project for each kind of test, told apart by folder; first the parts, then what needs the engine or the
 * whole product, two files at a time. Files without state of their own in modules share a process (`isolate:
 * false`): what they import is loaded once. Limits of time only end what hangs: machines are slow and busy,
 * and no test is about time.
 */
export default defineConfig({
  test: {
    allowOnly: false,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    coverage: {
      provider: 'v8',
      include: ['domain/**/*.ts', 'functions/**/*.ts', 'events/**/*.ts'],
      reportsDirectory: 'test/artifacts/coverage',
      reporter: ['text', 'html'],
    },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          isolate: false,
          sequence: { groupOrder: 0 },
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'web',
          include: ['test/web/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          sequence: { groupOrder: 0 },
          testTimeout: 60_000,
        },
      },
      {
        // Synthesizing the app and bundling its functions takes seconds: once a file, in a hook.
        test: {
          name: 'infra',
          include: ['test/infra/**/*.test.ts'],
          isolate: false,
          sequence: { groupOrder: 0 },
          hookTimeout: 180_000,
          testTimeout: 120_000,
        },
      },
      {
        // The real engine without the product around it.
        test: {
          name: 'domain',
          include: ['test/integration/*/**/*.test.ts'],
          isolate: false,
          env,
          sequence: { groupOrder: 1 },
          hookTimeout: 120_000,
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/*.test.ts'],
          globalSetup: 'test/support/before-products.ts',
          env,
          sequence: { groupOrder: 1 },
          hookTimeout: 240_000,
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: 'test/support/before-products.ts',
          env,
          sequence: { groupOrder: 1 },
          hookTimeout: 240_000,
          testTimeout: 180_000,
        },
      },
    ],
  },
});
