import type { UserId } from '../ids.ts';
import { flag, item, noun, number, optional, text, timeToLive, value } from '../table/item.ts';
import type { DriftEntry, DriftRun, DriftSweep } from './drift.schema.ts';

/** A run's position: the sweep it is working on, and how far it is. */
export interface DriftPosition {
  readonly sweep: DriftSweep;
  /** From the last page; absent at the start. */
  readonly after?: string | undefined;
}

/** A drift check against Clerk: its report and, until it is finished, its checkpoint. */
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
    /** Counts writes, so that two runs notice each other. */
    revision: number(),
    expiresAt: timeToLive(),
  },
});

export const driftNoun = noun({ name: 'drift', subjects: ['DriftRun'], items: [DriftRunItem] });
