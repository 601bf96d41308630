import { CustomAttributeType, Entity } from 'electrodb';
import type { OrganizationId } from '../ids.ts';
import { stages } from '../onboarding/onboarding.schema.ts';
import { plans } from '../subscription/subscription.schema.ts';
import { identified } from '../table/identified.ts';
import { directoryIndex, directoryOrders, tableLayout } from '../table/layout.ts';
import type { Organization } from './profile.schema.ts';

const count = { type: 'number', required: true, default: 0 } as const;

/**
 * An organization's row in the platform's directory: its exact counts, changed in the transaction that
 * changes what they count, and what the list shows of its profile, changed in the transaction that changes
 * the profile. The platform's own has counts only. The other orders (`directoryOrders`) have the same
 * partition key, and attributes as they are for sort keys.
 */
export const DirectoryRowEntity = identified(
  new Entity({
    model: { entity: 'directoryRow', version: '1', service: 'mtcms' },
    attributes: {
      organizationId: { type: CustomAttributeType<OrganizationId>('string'), required: true },
      users: count,
      admins: count,
      pendingInvitations: count,
      /** Users and open invitations: a condition can compare an attribute with a limit, but not add two. */
      seats: count,
      teams: count,
      kpis: count,
      name: { type: 'string' },
      contactPerson: { type: CustomAttributeType<Organization['contactPerson']>('any') },
      status: { type: ['active', 'inactive'] as const },
      inactiveReason: { type: 'string' },
      plan: { type: plans },
      startDate: { type: 'string' },
      endDate: { type: 'string' },
      /** The end date, or a day after all others: what has no end sorts last. */
      planEndsOn: { type: 'string' },
      externalId: { type: 'string' },
      /**
       * Day (UTC) on which somebody of the organization last used the product; the day it was created,
       * before.
       */
      lastActivityOn: { type: 'string' },
      /** How far its onboarding had come when its figures were last computed. */
      stage: { type: stages },
      /** The terms that search finds it by, as `wordsText` writes them. */
      words: { type: 'string' },
      /** Months (`2021-03`) before that of `createdAt` that have audit entries: an import brought them. */
      olderAuditMonths: { type: CustomAttributeType<ReadonlySet<string>>('any') },
      /**
       * The month from which on those are all. Absent where the organization is older than these notes, and
       * nobody has searched yet.
       */
      olderAuditMonthsFrom: { type: 'string' },
      revision: { type: 'number' },
      createdAt: { type: 'string' },
      updatedAt: { type: 'string' },
      directoryShard: { type: 'number', readOnly: true },
      directoryName: { type: 'string' },
    },
    indexes: {
      primary: {
        pk: {
          field: tableLayout.partitionKey,
          composite: ['organizationId'],
          template: '${organizationId}#organization',
          casing: 'none',
        },
        sk: { field: tableLayout.sortKey, composite: [], template: 'directory', casing: 'none' },
      },
      name: {
        index: directoryIndex.name,
        pk: {
          field: directoryIndex.partitionKey,
          composite: ['directoryShard'],
          template: 'platform#organizations#${directoryShard}',
          casing: 'none',
        },
        // Names are unique, so this key is.
        sk: {
          field: directoryIndex.sortKey,
          composite: ['directoryName'],
          template: '${directoryName}',
          casing: 'none',
        },
      },
      planEnd: {
        index: directoryOrders.planEnd.name,
        pk: {
          field: directoryIndex.partitionKey,
          composite: ['directoryShard'],
          template: 'platform#organizations#${directoryShard}',
          casing: 'none',
        },
        sk: {
          field: directoryOrders.planEnd.sortKey,
          composite: ['planEndsOn'],
          template: '${planEndsOn}',
          casing: 'none',
        },
      },
    },
  }),
);
