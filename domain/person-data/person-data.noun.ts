import type { UserId } from '../ids.ts';
import { acts, dueItem, item, noun, number, optional, text, value } from '../table/item.ts';
import type { WalkPlace } from '../table/walk.ts';
import type { UpdatedBy } from '../updated-by.schema.ts';

/** The latest export of what an organization stores about one person. */
export const PersonExportItem = item({
  name: 'personExport',
  exported: 'never',
  key: ['{organizationId}#export', 'person#{userId}'],
  shown: {
    userId: text<UserId>(),
    status: text<'waiting' | 'running' | 'ready'>(),
    requestedAt: text(),
    completedAt: optional(text()),
    availableUntil: optional(text()),
    items: optional(number()),
    bytes: optional(number()),
  },
  hidden: {
    startedAt: optional(text()),
    objectKey: optional(text()),
  },
  trail: {
    unstampedNoun: 'person-export',
    ...acts({
      'never: event': ['person-export.requested', 'person-export.completed'],
      'never: expiry': ['person-export.deleted'],
    }),
    // A scheduled run has no actor.
    secondary: ['status'],
  },
});

/** An export's progress, and the lease of the run that works on it. */
export const PersonProgressItem = item({
  name: 'personExportProgress',
  exported: 'never',
  key: ['{organizationId}#export', 'person-progress#{userId}'],
  attributes: { userId: text<UserId>(), leasedUntil: text(), items: number() },
});

/** Organizations with a person's data to export, and since when: the runs' work list. */
export const PersonDataDueItem = item(dueItem('personDataDue', 'person-data-due'));

/** A person's erasure, under the pseudonym that replaces them. It is kept as evidence. */
export const ErasureItem = item({
  name: 'erasure',
  key: ['{organizationId}#erasure', '{pseudonym}'],
  shown: {
    pseudonym: text<UserId>(),
    status: text<'asked' | 'waiting' | 'running' | 'done' | 'withdrawn'>(),
    requestedAt: text(),
    requestedBy: value<UpdatedBy>(),
    entries: optional(number()),
    items: optional(number()),
    completedAt: optional(text()),
  },
  trail: {
    ...acts({
      'never: kind': ['erasure.requested', 'erasure.approved', 'erasure.withdrawn'],
      'never: expiry': ['erasure.completed'],
    }),
  },
});

interface KnownAs {
  readonly emails: readonly string[];
  readonly names: readonly string[];
}

/** How far a pass of an erasure has come. */
export interface ErasurePass {
  readonly stage: 'names' | 'items' | 'entries' | 'again' | 'over';
  /** Where the stage continues; undefined at its start. */
  readonly place?: WalkPlace | undefined;
  /** What it has found of the person so far, changed or not. */
  readonly found: number;
  /** Entries whose new leaf it has written. */
  readonly noted: number;
  /** Names and addresses looked up so far. */
  readonly learned?: KnownAs | undefined;
}

/** The link from an erasure to the person. Only this item has it, and it is deleted when the erasure ends. */
export const ErasingItem = item({
  name: 'erasing',
  exported: 'never',
  key: ['{organizationId}#erasing', '{userId}'],
  attributes: {
    userId: text<UserId>(),
    pseudonym: text<UserId>(),
    /** Their names and email addresses, once looked up. */
    knownAs: optional(value<KnownAs>()),
    entries: number(),
    items: number(),
    /** The pass that a run has left unfinished. */
    pass: optional(value<ErasurePass>()),
    /** Since when nothing about them was found. */
    cleanSince: optional(text()),
    leasedUntil: text(),
  },
});

/** Organizations with a person to erase, and since when: the runs' work list. */
export const ErasureDueItem = item(dueItem('erasureDue', 'erasure-due'));

export const personDataNoun = noun({
  name: 'person-data',
  subjects: ['PersonData', 'Erasure'],
  items: [PersonExportItem, PersonProgressItem, PersonDataDueItem, ErasureItem, ErasingItem, ErasureDueItem],
});
