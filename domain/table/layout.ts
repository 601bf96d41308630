/**
 * The physical shape of the one table, as data: the CDK construct, the IAM policies and the entities read it here.
 * Every partition key begins with `<organizationId>#`; that prefix is what IAM matches on.
 */
export const tableLayout = {
  partitionKey: 'pk',
  sortKey: 'sk',
  timeToLive: 'expiresAt',
  /** Names the kind of an item; the stream's event filter selects on it. */
  entityAttribute: 'entity',
} as const;

/** `directory` lists all organizations, over shards so that no one key is hot. It is not on the tenant role. */
export const directoryIndex = {
  name: 'directory',
  partitionKey: 'directoryPk',
  sortKey: 'directorySk',
} as const;

/**
 * `byMember` finds what is somebody's or a team's without knowing its key: its partition key begins with the organization as
 * the table's does (`<org>#member#<userId>`, `<org>#team#<teamId>`), and the tenant role may query it.
 */
export const memberIndex = {
  name: 'byMember',
  partitionKey: 'memberPk',
  sortKey: 'memberSk',
} as const;

/** Every index of the table. */
export const indexes = [directoryIndex, memberIndex] as const;

/** Number of keys the organization directory is spread over; scheduled work fans out by the same shards. */
export const directoryShards = 4;

/** Number of keys that one day of the platform's audit feed is spread over. */
export const auditShards = 4;

/** Partition-key patterns (IAM `StringLike` syntax) that each non-tenant role may touch; nothing else. */
export const partitionPatterns = {
  /** Entries are append-only: only the audit writer may put here. */
  audit: '*#audit#*',
  /** All organizations' entries by day, on the index `directory`: for the super admin. */
  auditFeed: 'platform#audit#*',
  /** What the super admin's control plane owns: the platform's partitions and an organization's founding items. */
  controlPlane: ['platform#*', '*#organization', '*#invitation', '*#email'],
  directory: 'platform#organizations#*',
  /** An organization's profile, where its plan is. */
  organizations: '*#organization',
  /** Names taken: the one kind of item that the control plane deletes, when an organization takes another name. */
  organizationNames: 'platform#organization-name',
  /** Clerk user → organization, and which webhooks were handled. */
  identity: ['platform#identity', 'platform#webhook'],
  /** What was deleted, by whom: where the audit trail learns who made a removal. */
  tombstones: '*#tombstone',
  usageRuns: 'platform#usage',
} as const;

/** Kinds of item whose changes are bookkeeping, not somebody's action: the stream's filter drops them at the source. */
export const unauditedEntities = [
  'auditEntry',
  'counters',
  'emailClaim',
  'tombstone',
  'nameClaim',
  'teamName',
  'kpiAssignment',
  'teamCounters',
  'identity',
  'webhookReceipt',
  'idempotency',
  'rateWindow',
  'activity',
  'usageSnapshot',
  'usageRollup',
  'usageAttention',
  'usageRun',
] as const;

/** Kinds of item that are audited when they come, not when they go: what they record is in the trail, and they expire. */
export const expiringEntities = ['accessEvent'] as const;
