import { CustomAttributeType, Entity } from 'electrodb';
import type { OrganizationId } from '../ids.ts';
import { identified } from '../table/identified.ts';
import { tableLayout } from '../table/layout.ts';
import type { AuditEntry } from './audit.schema.ts';

/** One entry of the audit trail. Put once, by the writer only; never changed. */
export const AuditEntity = identified(
  new Entity({
    model: { entity: 'auditEntry', version: '1', service: 'mtcms' },
    attributes: {
      organizationId: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      month: { type: 'string', required: true },
      timestamp: { type: 'string', required: true },
      entryId: { type: 'string', required: true },
      userId: { type: 'string', required: true },
      role: { type: 'string', required: true },
      action: { type: 'string', required: true },
      resource: { type: 'string', required: true },
      details: { type: CustomAttributeType<AuditEntry['details']>('any'), required: true },
      requestId: { type: 'string' },
      ip: { type: 'string' },
      userAgent: { type: 'string' },
      impersonatedBy: { type: 'string' },
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
    },
  }),
);
