import { tableLayout } from './layout.ts';

/** What an item is, by its own key. */
export interface ItemKind {
  /** As `tableLayout.entityAttribute` calls it. */
  readonly entity: string;
  /** The partition key behind the organization's id and `#`. */
  readonly partition: RegExp;
  /** The sort key, where a partition holds several kinds. */
  readonly sort?: RegExp;
  /** The platform's partitions only. */
  readonly platform?: true;
  /** Its changes are bookkeeping, not somebody's action: they leave no entry in the trail. */
  readonly bookkeeping?: true;
}

const bookkeeping = { bookkeeping: true } as const;
const ofThePlatform = { platform: true } as const;

/**
 * Every kind of item. The audit trail goes by it, because whoever writes an item chooses its attributes, but
 * its key decides whether the product finds it. A key that no kind has is nobody's: a change there is an
 * entry that names no author.
 */
export const itemKinds: readonly ItemKind[] = [
  { entity: 'organization', partition: /^organization$/, sort: /^profile$/ },
  { entity: 'user', partition: /^user$/ },
  { entity: 'invitation', partition: /^invitation$/ },
  { entity: 'team', partition: /^team$/, sort: /^[^#]+$/ },
  { entity: 'teamMember', partition: /^team$/, sort: /^[^#]+#member#/ },
  { entity: 'kpi', partition: /^kpi$/ },
  { entity: 'checkIn', partition: /^kpi#/ },
  { entity: 'accessEvent', partition: /^access(?:#refused|#exported)?$/ },
  { entity: 'accessEvent', partition: /^access#(?:usage-run|elsewhere)$/, ...ofThePlatform },
  { entity: 'importRun', partition: /^import$/, sort: /^run#/, ...ofThePlatform },

  { entity: 'auditEntry', partition: /^audit#\d{4}-\d{2}$/, ...bookkeeping },
  { entity: 'directoryRow', partition: /^organization$/, sort: /^directory$/, ...bookkeeping },
  { entity: 'organizationTerm', partition: /^organization$/, sort: /^term#/, ...bookkeeping },
  { entity: 'subscriptionChange', partition: /^organization$/, sort: /^subscription#/, ...bookkeeping },
  { entity: 'emailClaim', partition: /^email$/, ...bookkeeping },
  { entity: 'forgetting', partition: /^forgetting$/, ...bookkeeping },
  { entity: 'tombstone', partition: /^tombstone$/, ...bookkeeping },
  { entity: 'teamName', partition: /^team-name$/, ...bookkeeping },
  { entity: 'teamCounters', partition: /^team$/, sort: /^[^#]+#counters$/, ...bookkeeping },
  { entity: 'kpiAssignment', partition: /^assigned#/, ...bookkeeping },
  { entity: 'idempotency', partition: /^request$/, ...bookkeeping },
  { entity: 'rateWindow', partition: /^rate$/, ...bookkeeping },
  { entity: 'activity', partition: /^activity$/, ...bookkeeping },
  { entity: 'usageSnapshot', partition: /^usage$/, sort: /^day#[^#]+$/, ...bookkeeping },
  { entity: 'nameClaim', partition: /^organization-name$/, ...ofThePlatform, ...bookkeeping },
  { entity: 'externalIdClaim', partition: /^organization-external-id$/, ...ofThePlatform, ...bookkeeping },
  { entity: 'identity', partition: /^identity$/, ...ofThePlatform, ...bookkeeping },
  { entity: 'memberClaim', partition: /^member-claim$/, ...ofThePlatform, ...bookkeeping },
  { entity: 'webhookReceipt', partition: /^webhook$/, ...ofThePlatform, ...bookkeeping },
  { entity: 'usageRollup', partition: /^usage$/, sort: /^day#[^#]+#/, ...ofThePlatform, ...bookkeeping },
  { entity: 'usageAttention', partition: /^usage$/, sort: /^attention#/, ...ofThePlatform, ...bookkeeping },
  { entity: 'usageLeaders', partition: /^usage$/, sort: /^leaders#/, ...ofThePlatform, ...bookkeeping },
  { entity: 'usageRun', partition: /^usage$/, sort: /^run#/, ...ofThePlatform, ...bookkeeping },
  { entity: 'importBatch', partition: /^import$/, sort: /^batch#/, ...ofThePlatform, ...bookkeeping },
];

/** Where an item is: its key in the table. */
export interface ItemKey {
  readonly [tableLayout.partitionKey]: string;
  readonly [tableLayout.sortKey]: string;
}

/** The organization that a partition key begins with, as text, and what comes behind it. */
export function partsOfKey(partitionKey: string): {
  readonly organization: string;
  readonly partition: string;
} {
  const [organization = '', ...rest] = partitionKey.split('#');
  return { organization, partition: rest.join('#') };
}

/** What the item with that key is; undefined for a key that the product doesn't use. */
export function kindOf({ pk, sk }: ItemKey): ItemKind | undefined {
  const { organization, partition } = partsOfKey(pk);
  return itemKinds.find(
    (kind) =>
      kind.partition.test(partition) &&
      (kind.sort === undefined || kind.sort.test(sk)) &&
      (kind.platform === undefined || organization === 'platform'),
  );
}
