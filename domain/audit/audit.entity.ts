import { CustomAttributeType, Entity } from 'electrodb';
import type { OrganizationId } from '../ids.ts';
import { identified } from '../table/identified.ts';
import { directoryIndex, tableLayout } from '../table/layout.ts';
import type { AuditEntry } from './audit.schema.ts';

/** One entry of the audit trail, and its row in the platform's feed of all. Put once, by the writer only; never changed. */
export const AuditEntity = identified(
  new Entity({
    model: { entity: 'auditEntry', version: '1', service: 'mtcms' },
    attributes: {
      organizationId: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      month: { type: 'string', required: true },
      timestamp: { type: 'string', required: true },
      entryId: { type: 'string', required: true },
      userId: { type: 'string', required: true },
      actorName: { type: 'string' },
      role: { type: 'string', required: true },
      action: { type: 'string', required: true },
      resource: { type: 'string', required: true },
      details: { type: CustomAttributeType<AuditEntry['details']>('any'), required: true },
      requestId: { type: 'string' },
      ip: { type: 'string' },
      userAgent: { type: 'string' },
      impersonatedBy: { type: 'string' },
      /** Which of its month's keys it is under in the feed. */
      shard: { type: 'number', required: true },
      /** Time to live, seconds since the epoch. Without it the entry stays. */
      expiresAt: { type: 'number' },
    },
    indexes: {
      primary: {
        pk: {
          field: tableLayout.partitionKey,
          composite: ['organizationId', 'month'],
          template: '${organizationId}#audit#${month}',
          casing: 'none',
        },
        sk: {
          field: tableLayout.sortKey,
          composite: ['timestamp', 'entryId'],
          template: '${timestamp}#${entryId}',
          casing: 'none',
        },
      },
      feed: {
        index: directoryIndex.name,
        pk: {
          field: directoryIndex.partitionKey,
          composite: ['month', 'shard'],
          template: 'platform#audit#${month}#${shard}',
          casing: 'none',
        },
        sk: {
          field: directoryIndex.sortKey,
          composite: ['timestamp', 'entryId'],
          template: '${timestamp}#${entryId}',
          casing: 'none',
        },
      },
    },
  }),
);
