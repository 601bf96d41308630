import { acts, item, noun, text, value } from '../table/item.ts';
import type { ImportedKey } from './outcome.ts';

/**
 * An import run. Its id is derived from the export and the mapping, so that the same import is one run,
 * however often it is started.
 */
export const ImportRunItem = item({
  name: 'importRun',
  key: ['{organizationId}#import', 'run#{runId}'],
  isPlatforms: true,
  shown: {
    runId: text(),
    state: text<'applying' | 'applied' | 'undoing' | 'undone'>(),
  },
  trail: {
    unstampedNoun: 'import',
    ...acts({
      'never: import': ['import.started', 'import.applied', 'import.undoing-started', 'import.undone'],
    }),
  },
});

/** What a run was about to write, recorded beforehand: where it continues, and what undo removes. */
export const ImportBatchItem = item({
  name: 'importBatch',
  key: ['{organizationId}#import', 'batch#{runId}#{position}'],
  openEnded: 'position',
  isPlatforms: true,
  attributes: {
    runId: text(),
    /** The position of the batch's first line: table number and line, zero-padded. */
    position: text(),
    keys: value<ImportedKey[]>(),
  },
});

export const importNoun = noun({
  name: 'import',
  subjects: [],
  items: [ImportRunItem, ImportBatchItem],
});
