import { CustomAttributeType, Entity } from 'electrodb';
import type { OrganizationId } from '../ids.ts';
import { identified } from '../table/identified.ts';
import { tableLayout } from '../table/layout.ts';

/** How many requests of one minute have been given a number. */
export const RateWindowEntity = identified(
  new Entity({
    model: { entity: 'rateWindow', version: '1', service: 'mtcms' },
    attributes: {
      organizationId: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      /** `all` of an organization, or one user of the platform. */
      of: { type: 'string', required: true },
      /** UTC, `yyyy-mm-ddThh:mm`. */
      minute: { type: 'string', required: true },
      numbered: { type: 'number', required: true },
      /** Time to live, seconds since the epoch. */
      expiresAt: { type: 'number', required: true },
    },
    indexes: {
      primary: {
        pk: {
          field: tableLayout.partitionKey,
          composite: ['organizationId'],
          template: '${organizationId}#rate',
          casing: 'none',
        },
        sk: {
          field: tableLayout.sortKey,
          composite: ['of', 'minute'],
          template: '${of}#${minute}',
          casing: 'none',
        },
      },
    },
  }),
);
