import { CustomAttributeType, Entity } from 'electrodb';
import type { OrganizationId } from '../ids.ts';
import { stampedAttributes } from '../table/change-stamp.ts';
import { identified } from '../table/identified.ts';
import { tableLayout } from '../table/layout.ts';
import type { ImportedKey } from './import-run.ts';

const partition = {
  field: tableLayout.partitionKey,
  composite: ['organizationId'],
  template: '${organizationId}#import',
  casing: 'none',
} as const;

/** One import: its id follows from the export and the mapping, so that the same import is one run however often it is started. */
export const ImportRunEntity = identified(
  new Entity({
    model: { entity: 'importRun', version: '1', service: 'mtcms' },
    attributes: {
      organizationId: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      runId: { type: 'string', required: true },
      state: { type: ['applying', 'applied', 'undoing', 'undone'] as const, required: true },
      ...stampedAttributes,
    },
    indexes: {
      primary: {
        pk: partition,
        sk: { field: tableLayout.sortKey, composite: ['runId'], template: 'run#${runId}', casing: 'none' },
      },
    },
  }),
);

/** What a run was about to write, noted before it was written: where it goes on, and what its undoing takes away. */
export const ImportBatchEntity = identified(
  new Entity({
    model: { entity: 'importBatch', version: '1', service: 'mtcms' },
    attributes: {
      organizationId: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      runId: { type: 'string', required: true },
      /** Place of the batch's first line: the table's number and the line, of fixed width. */
      position: { type: 'string', required: true },
      keys: { type: CustomAttributeType<ImportedKey[]>('any'), required: true },
    },
    indexes: {
      primary: {
        pk: partition,
        sk: {
          field: tableLayout.sortKey,
          composite: ['runId', 'position'],
          template: 'batch#${runId}#${position}',
          casing: 'none',
        },
      },
    },
  }),
);
