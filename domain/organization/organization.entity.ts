import { CustomAttributeType, Entity } from 'electrodb';
import type * as z from 'zod/mini';
import type { OrganizationId } from '../ids.ts';
import { plans } from '../subscription/subscription.schema.ts';
import { stampedAttributes } from '../table/change-stamp.ts';
import { identified } from '../table/identified.ts';
import { tableLayout } from '../table/layout.ts';
import type { ContactPerson } from './organization.schema.ts';

/** The organization's profile: what every request of its people reads. */
export const OrganizationEntity = identified(
  new Entity({
    model: { entity: 'organization', version: '1', service: 'mtcms' },
    attributes: {
      organizationId: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      name: { type: 'string', required: true },
      contactPerson: { type: CustomAttributeType<z.infer<typeof ContactPerson>>('any'), required: true },
      status: { type: ['active', 'inactive'] as const, required: true },
      inactiveReason: { type: 'string' },
      plan: { type: plans, required: true },
      startDate: { type: 'string', required: true },
      endDate: { type: 'string' },
      allowedDomains: { type: CustomAttributeType<readonly string[]>('any'), required: true, default: [] },
      externalId: { type: 'string' },
      metadata: {
        type: CustomAttributeType<Readonly<Record<string, string>>>('any'),
        required: true,
        default: {},
      },
      ...stampedAttributes,
    },
    indexes: {
      profile: {
        pk: {
          field: tableLayout.partitionKey,
          composite: ['organizationId'],
          template: '${organizationId}#organization',
          casing: 'none',
        },
        sk: { field: tableLayout.sortKey, composite: [], template: 'profile', casing: 'none' },
      },
    },
  }),
);
