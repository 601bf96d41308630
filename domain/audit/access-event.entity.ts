import { CustomAttributeType, Entity } from 'electrodb';
import type { OrganizationId } from '../ids.ts';
import { stampedAttributes } from '../table/change-stamp.ts';
import { identified } from '../table/identified.ts';
import { tableLayout } from '../table/layout.ts';

/** What was asked for. Ids and names of routes only: nothing of what was sent. */
export interface AccessDetails {
  /** `GET /api/organizations/{organizationId}/audit`. */
  readonly route?: string;
  /** The permission that was missing or used: `list AuditEntry`. */
  readonly asked?: string;
  /** The ids in the path, by the names of the route's parameters. */
  readonly path?: Readonly<Record<string, string>>;
  /** Code of the refusal. */
  readonly code?: string;
  /** At least so many refusals of this kind had the person in the hour by then. */
  readonly times?: number;
  /** The organization that an outsider's token names. */
  readonly organizationId?: string;
  /** What an export was limited to, or runs are to compute. */
  readonly filter?: Readonly<Record<string, string>>;
}

/**
 * Something that was asked for and changed nothing: the stream makes an audit entry of it, then it expires.
 */
export const AccessEventEntity = identified(
  new Entity({
    model: { entity: 'accessEvent', version: '1', service: 'mtcms' },
    attributes: {
      organizationId: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      /**
       * Its kind is in the key, where a policy can tell who may put it. Sessions have the first name there
       * was.
       */
      partition: {
        type: [
          ...(['access', 'access#refused', 'access#elsewhere'] as const),
          ...(['access#exported', 'access#usage-run'] as const),
        ],
        required: true,
      },
      /** The same key is the same event, however often it is recorded. */
      eventKey: { type: 'string', required: true },
      /** What the entry is about: `<noun>/<id>`. */
      about: { type: 'string', required: true },
      access: { type: CustomAttributeType<AccessDetails>('any'), required: true },
      /** Time to live, seconds since the epoch. */
      expiresAt: { type: 'number', required: true },
      ...stampedAttributes,
    },
    indexes: {
      primary: {
        pk: {
          field: tableLayout.partitionKey,
          composite: ['organizationId', 'partition'],
          template: '${organizationId}#${partition}',
          casing: 'none',
        },
        sk: { field: tableLayout.sortKey, composite: ['eventKey'], template: '${eventKey}', casing: 'none' },
      },
    },
  }),
);
