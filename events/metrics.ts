/**
 * What the functions measure of themselves, in CloudWatch's embedded metric format; alarms and the dashboard
 * read it by the same names.
 */

/** The namespace of a stage's metrics, also of those that are counted from lines of a log. */
export const metricsNamespace = (stage: string): string => `MTCMS/${stage}`;

/**
 * Of each request, once by its route and once by the plan of its organization. There are no other dimensions:
 * CloudWatch charges for each combination.
 */
export const requestMetrics = {
  dimensions: ['Route', 'Tier'],
  /** Milliseconds. Its sample count is the number of requests. */
  latency: 'Latency',
  /** Only written for responses from 500 on. */
  failures: 'Failures',
} as const;

/** Of scheduled work: written when a run has ended well, so that an alarm can miss it. */
export const jobMetrics = { dimension: 'Job', done: 'RunsDone' } as const;

/**
 * What schedules start, and what it means when it isn't done. The alarm is named after it: `usage-hour`,
 * UsageHourNotRun.
 */
export const jobs = {
  approvals: 'Approved requests are not carried out.',
  'audit-checkpoints': 'Audit trails have no new checkpoints.',
  canary: 'The isolation of organizations is not tested.',
  erasures: 'Erasures of personal data have stopped.',
  exports: 'Exports of leaving organizations have stopped.',
  drift: 'The table is not compared with Clerk.',
  invitations: 'Invitations are not sent, or hold seats after they expire.',
  redrive: 'The failure bucket is not counted.',
  reminders: 'Users are not reminded of check-ins.',
  removals: 'Deletions of departed organizations’ data have stopped.',
  'usage-day': 'Usage figures of a day are missing.',
  'usage-hour': 'Usage figures of today are out of date.',
  webhooks: 'Failed webhook messages are not sent again.',
} as const;

export type Job = keyof typeof jobs;
