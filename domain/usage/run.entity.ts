import { CustomAttributeType, Entity } from 'electrodb';
import type { OrganizationId } from '../ids.ts';
import type { DirectoryPosition } from '../organization/directory.service.ts';
import { identified } from '../table/identified.ts';
import { tableLayout } from '../table/layout.ts';
import type { UsagePeriod } from './run.schema.ts';
import type { Tally } from './tally.ts';

/** A run's record, and while it runs its checkpoint: where it is (`position`) and what it has added up (`tally`). */
export const RunEntity = identified(
  new Entity({
    model: { entity: 'usageRun', version: '1', service: 'mtcms' },
    attributes: {
      organizationId: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      due: { type: 'string', required: true },
      period: { type: CustomAttributeType<UsagePeriod>('string'), required: true },
      shard: { type: 'number', required: true },
      date: { type: 'string', required: true },
      status: { type: ['running', 'done', 'failed'] as const, required: true },
      attempts: { type: 'number', required: true },
      organizations: { type: 'number', required: true },
      failures: { type: 'number', required: true },
      failed: { type: CustomAttributeType<OrganizationId[]>('any'), required: true },
      startedAt: { type: 'string', required: true },
      finishedAt: { type: 'string' },
      position: { type: CustomAttributeType<DirectoryPosition>('any') },
      tally: { type: CustomAttributeType<Tally>('any') },
      /** Counts the record's writes: two runs of the same shard notice each other by it. */
      revision: { type: 'number', required: true },
      /** Time to live, seconds since the epoch. */
      expiresAt: { type: 'number', required: true },
    },
    indexes: {
      primary: {
        pk: {
          field: tableLayout.partitionKey,
          composite: ['organizationId'],
          template: '${organizationId}#usage',
          casing: 'none',
        },
        sk: {
          field: tableLayout.sortKey,
          composite: ['due', 'period', 'shard'],
          template: 'run#${due}#${period}#${shard}',
          casing: 'none',
        },
      },
    },
  }),
);
