import { CustomAttributeType, Entity } from 'electrodb';
import type { OrganizationId } from '../ids.ts';
import { identified } from '../table/identified.ts';
import { tableLayout } from '../table/layout.ts';

/** What a request was answered with: enough to answer its repetition alike. */
export interface KeptAnswer {
  readonly status: number;
  readonly body?: string | undefined;
  readonly etag?: string | undefined;
}

/** One request with an `Idempotency-Key`: under way until its answer is kept. */
export const IdempotencyEntity = identified(
  new Entity({
    model: { entity: 'idempotency', version: '1', service: 'mtcms' },
    attributes: {
      organizationId: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      /** Hash of who asked which route with which key. */
      request: { type: 'string', required: true },
      /** Hash of what was asked. */
      input: { type: 'string', required: true },
      /** Hash of what the caller might do then. */
      rights: { type: 'string', required: true },
      /** The request id of the attempt that holds the lease. */
      holder: { type: 'string', required: true },
      /** Until when that attempt may still be running, ms since the epoch; 0 when it has ended without an answer to keep. */
      leaseUntil: { type: 'number', required: true },
      answer: { type: CustomAttributeType<KeptAnswer>('any') },
      /** Time to live, seconds since the epoch. */
      expiresAt: { type: 'number', required: true },
    },
    indexes: {
      primary: {
        pk: {
          field: tableLayout.partitionKey,
          composite: ['organizationId'],
          template: '${organizationId}#request',
          casing: 'none',
        },
        sk: { field: tableLayout.sortKey, composite: ['request'], template: '${request}', casing: 'none' },
      },
    },
  }),
);
