import { describe, expect, it } from 'vitest';
import { totalsOf } from '../../runner/totals.ts';

const report = {
  numPassedTests: 3,
  numFailedTests: 1,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [{ status: 'passed', assertionResults: [{}] }],
};

describe('the totals of a test run', () => {
  it('count what passed and what failed', () => {
    expect(totalsOf(report)).toEqual({ passed: 3, failed: 1, leftOut: 0 });
  });

  it('count a file that does not load as a failure', () => {
    const broken = { ...report, testResults: [{ status: 'failed', assertionResults: [] }] };
    expect(totalsOf(broken).failed).toBe(2);
  });

  it('count skipped tests and tests left to do as left out', () => {
    expect(totalsOf({ ...report, numPendingTests: 1, numTodoTests: 2 }).leftOut).toBe(3);
  });
});
