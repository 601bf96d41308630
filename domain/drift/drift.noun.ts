import type { UserId } from '../ids.ts';
import { flag, item, noun, number, optional, text, value } from '../table/item.ts';
import type { DriftEntry, DriftRun, DriftSweep } from './drift.schema.ts';

/** Where a run is: the part that it works on, and how far it is in it. */
export interface DriftPosition {
  readonly sweep: DriftSweep;
  /** As the last page gave it; absent at the beginning. */
  readonly after?: string | undefined;
}

/** A comparison with Clerk: its report, and while it isn't over its checkpoint. */
export const DriftRunItem = item({
  name: 'driftRun',
  key: ['{organizationId}#drift', 'run#{startedAt}'],
  isPlatforms: true,
  attributes: {
    startedAt: text(),
    dryRun: flag(),
    status: text<DriftRun['status']>(),
    requestedBy: optional(text<UserId>()),
    attempts: number(),
    waits: number(),
    compared: value<DriftRun['compared']>(),
    counts: value<DriftRun['counts']>(),
    entries: value<readonly DriftEntry[]>(),
    finishedAt: optional(text()),
    position: optional(value<DriftPosition>()),
    /** Counts the record's writes, by which two runs notice each other. */
    revision: number(),
    /** Time to live, seconds since the epoch. */
    expiresAt: number(),
  },
});

export const driftNoun = noun({ name: 'drift', subjects: ['DriftRun'], items: [DriftRunItem] });
