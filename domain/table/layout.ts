/**
 * The physical shape of the one table, as data: the CDK construct, the IAM policies and the entities read it.
 * Every partition key begins with `<organizationId>#`; IAM matches on that prefix.
 */
export const tableLayout = {
  partitionKey: 'pk',
  sortKey: 'sk',
  timeToLive: 'expiresAt',
  /** The kind of an item, which is also determined by its key, see `itemKinds`. */
  entityAttribute: 'entity',
} as const;

/** How many days deletion records are kept. */
export const deletionKeptDays = 30;

/** An index, with the attributes that it projects besides the keys, or all of them. */
interface TableIndex {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey: string;
  /** `S` (string) by default, or `N` (number). */
  readonly sortKeyType?: 'S' | 'N';
  readonly includes?: readonly string[];
}

/**
 * `directory` lists all organizations by name, sharded so that no key is hot, and the terms that search
 * finds them by. The tenant role has no access to it.
 */
export const directoryIndex = {
  name: 'directory',
  partitionKey: 'directoryPk',
  sortKey: 'directorySk',
} as const;

/** The attributes that lists in other orders filter by without reading the rows themselves. */
const filterable = ['status', 'plan', 'planEndsOn', 'stage', 'words'] as const;

const order = (name: string, sortKey: string, sortKeyType: 'S' | 'N' = 'S') => ({
  name,
  partitionKey: directoryIndex.partitionKey,
  sortKey,
  sortKeyType,
  includes: filterable.filter((attribute) => attribute !== sortKey),
});

/**
 * The directory's other orders. Their sort keys are plain attributes of the row, so that updating a count
 * moves the row without knowing the index. They only project filter attributes, so that other changes don't
 * write to them. DynamoDB checks these attributes' type on every item of the table.
 */
export const directoryOrders = {
  created: order('directoryByCreation', 'createdAt'),
  users: order('directoryByUsers', 'users', 'N'),
  lastActivity: order('directoryByActivity', 'lastActivityOn'),
  planEnd: order('directoryByPlanEnd', 'planEndsOn'),
} as const;

/** All indexes of the directory, for the control plane. */
export const directoryIndexes = [directoryIndex, ...Object.values(directoryOrders)];

/**
 * `byMember` finds what belongs to a user or a team: its partition key also starts with the organization
 * (`<org>#member#<userId>`, `<org>#team#<teamId>`), and the tenant role may query it.
 */
export const memberIndex = {
  name: 'byMember',
  partitionKey: 'memberPk',
  sortKey: 'memberSk',
} as const;

/** All indexes of the table. */
export const indexes: readonly TableIndex[] = [...directoryIndexes, memberIndex];

const organizationOf = (key: string): string => key.slice(0, key.indexOf('#') + 1);

/** Items in the platform's partitions of an index: of all organizations, but of one kind only. */
const platformRows = [
  { partition: /^platform#organizations#/, rows: /^(?:platform|org_\w{26})#organization$/ },
  { partition: /^platform#organization-terms$/, rows: /^(?:platform|org_\w{26})#organization$/ },
  { partition: /^platform#audit#/, rows: /^(?:platform|org_\w{26})#audit#/ },
];

/** Whether an item with this partition key may be in this partition of an index. */
export function belongsTo(indexPartition: string, partitionKey: string): boolean {
  const shared = platformRows.find(({ partition }) => partition.test(indexPartition));
  if (shared !== undefined) return shared.rows.test(partitionKey);
  return indexPartition !== '' && organizationOf(indexPartition) === organizationOf(partitionKey);
}

/**
 * The number of keys over which the organization directory is sharded; scheduled jobs fan out by the same
 * shards. To increase it: docs/runbook.md, "Grow the directory".
 */
export const directoryShards = 4;

/**
 * While the directory grows, the previous number of shards, of which the current one is a multiple: rows
 * may be in either layout until `npm run reshard` has moved all of them. Otherwise null.
 */
export const directoryShardsBefore: number | null = null;

/**
 * The number of keys over which one month of the platform's audit feed is sharded; each accepts about 500
 * entries a second.
 */
export const auditShards = 4;

/** The shard of an id: evenly distributed and stable, since keys are derived from it. */
export const shardOf = (id: string, shards: number): number =>
  [...id].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 65_521, 0) % shards;

/**
 * The attributes of a tree's head, the only ones in a tree that the audit writer's role may write: it can
 * append, but not remove or change what is sealed.
 */
export const treeHeadAttributes = [
  ...[tableLayout.partitionKey, tableLayout.sortKey, tableLayout.entityAttribute, 'entityVersion'],
  ...['organizationId', 'headSize', 'headFrontier', 'recent'],
];

/**
 * The attributes of an entry that an erasure may write, with those that identify it, which each update
 * repeats. An update with these alone can't make an entry: it would have no action and no role.
 */
export const erasedAttributes = [
  ...[tableLayout.partitionKey, tableLayout.sortKey, tableLayout.entityAttribute, 'entityVersion'],
  ...['organizationId', 'month', 'timestamp', 'entryId'],
  ...['userId', 'actorName', 'resource', 'details', 'requestId', 'ip', 'userAgent', 'impersonatedBy'],
  ...['names', 'erasure'],
];

/**
 * The partition-key patterns (IAM `StringLike` syntax) that each non-tenant role may access; nothing else.
 */
export const partitionPatterns = {
  /** Entries are append-only: only the audit writer may put items here. */
  audit: '*#audit#*',
  /** Merkle trees: only functions that append or seal may write here. */
  auditTree: '*#audit-tree',
  /** The trees of organizations, without the platform's. */
  ownTrees: 'org_*#audit-tree',
  /** The platform's rounds, each committing to the newest checkpoints of all organizations of a shard. */
  auditRounds: 'platform#audit-rounds',
  /** All organizations' entries by month, on the index `directory`: for the super admin. */
  auditFeed: 'platform#audit#*',
  /** What the control plane reads: the platform, and the items with which an organization is created. */
  controlPlane: ['platform#*', '*#organization', '*#invitation', '*#email'],
  /** What it writes. Of the platform's access events, only those of its own callers. */
  controlPlaneWrites: [
    ...['org_*#organization', 'org_*#invitation', 'org_*#email', 'platform#organization-name'],
    ...['platform#organization-external-id', 'platform#departure', 'platform#request', 'platform#rate'],
    ...['platform#access', 'platform#access#refused', 'platform#access#exported'],
    'platform#access#usage-run',
  ],
  directory: 'platform#organizations#*',
  /** What resharding the directory reads and moves, with an operator's credentials. */
  reshard: ['platform#organizations#*', 'platform#organization-name', 'org_*#organization'],
  /** Organizations' profiles, with their plans. */
  organizations: '*#organization',
  /** The terms that search finds organizations by, in the index `directory`. */
  organizationTerms: 'platform#organization-terms',
  /**
   * Claims of names and external ids: the only items that the control plane deletes when an organization
   * changes one.
   */
  organizationClaims: ['platform#organization-name', 'platform#organization-external-id'],
  /**
   * What the legacy import writes, with an operator's credentials (docs/import.md): no platform users,
   * whatever a file contains.
   */
  import: [
    ...['platform#import', 'platform#organization-name', 'platform#organizations#*'],
    ...['platform#organization-terms', 'org_*#organization'],
    ...['org_*#user', 'org_*#email', 'org_*#team', 'org_*#team-name', 'org_*#member#*', '*#audit#*'],
    '*#audit-tree',
    // User lists in the index: by name and by joining time.
    ...['org_*#users', 'org_*#joined'],
    // The last one only to read what Clerk's webhooks have reported.
    ...['org_*#tombstone', 'platform#identity'],
  ],
  /** What importing an organization's export writes: everything it had, and the claim of its name. */
  importedExport: ['org_*', 'platform#organization-external-id', 'platform#departure', 'platform#audit#*'],
  /** What the health backtest reads, with an operator's credentials. */
  backtest: ['platform#organizations#*', 'org_*#usage', 'org_*#organization'],
  /** All access events; each is written once. */
  accessEvents: '*#access*',
  /** Access events not caused by an organization's members: the platform's own, and requested runs. */
  platformAccessEvents: ['platform#access*', '*#access#usage-run'],
  /**
   * What the support function needs to know about platform users who visit organizations: who they are,
   * their sessions and refusals, and their rate limits.
   */
  platformVisits: {
    members: 'platform#user',
    accessEvents: ['platform#access', 'platform#access#refused'],
    rate: 'platform#rate',
  },
  /** Claimed for users who accept an invitation, see `MemberClaims`. */
  memberClaims: 'platform#member-claim',
  /**
   * Records that a user who accepts an invitation is a member of another organization, for the super admin.
   */
  membersElsewhere: 'platform#access#elsewhere',
  /**
   * Super admins and invitations to become one. No function that serves requests can write these; the
   * approvals function adds users.
   */
  superAdmins: ['platform#user', 'platform#invitation'],
  /** Requests that need a second super admin: only the approvals function writes here. */
  approvals: 'platform#approval',
  /**
   * What the approvals function reads besides the requests: super admins and their addresses, the
   * platform's counts, a person's organization, and the state of an organization that a request refers to.
   */
  approvalFacts: [
    ...['platform#user', 'platform#email', 'platform#member-claim'],
    ...['*#organization', 'org_*#support-access'],
  ],
  /** What it writes when a super admin is created; no other function may. */
  newSuperAdmin: [
    ...['platform#user', 'platform#email', 'platform#member-claim'],
    // User lists in the index: by name and by joining time.
    ...['platform#users', 'platform#joined'],
  ],
  /** The platform's own counts. */
  platformCounts: 'platform#organization',
  /** Clerk user → organization, from webhooks and memberships, and processed webhooks. */
  identity: ['platform#identity', 'platform#webhook', 'platform#member-claim'],
  /** What the function with Clerk's key reads: recipients of emails, and users' organizations. */
  clerkGateway: [
    ...['org_*#invitation', 'org_*#user', 'platform#member-claim'],
    // The person whom an approved request makes a super admin.
    ...['platform#approval', 'platform#user'],
  ],
  /** Organizations with webhook messages to send, and when. */
  webhookDue: 'platform#webhook-due',
  /** Hashes of API keys, read by the key broker. */
  apiKeys: 'org_*#api-key',
  /** What is compared with Clerk: every member, and each identity's claim. */
  comparedPeople: ['*#user', 'platform#member-claim'],
  /** Deletion records, from which the audit log learns who deleted something. */
  tombstones: '*#tombstone',
  usageRuns: 'platform#usage',
  /** Departures: current, completed and undone. */
  departures: 'platform#departure',
  /** The progress of deleting an organization's data. */
  removals: ['platform#departure-removal', 'platform#departure-partitions'],
  /** The progress of a leaving organization's export. */
  dataExports: 'org_*#export',
  /** Organizations with a pending export of a person's data. */
  personDataDue: 'platform#person-data-due',
  /** Organizations with a pending erasure of a person's data. */
  erasureDue: 'platform#erasure-due',
  /**
   * Bookkeeping whose keys contain a user's id or address. An erasure puts such an item under another key,
   * and deletes the old one.
   */
  keyedByPerson: [
    ...['org_*#activity', 'org_*#assigned#*', 'org_*#email', 'org_*#erasing', 'org_*#export'],
    ...['org_*#forgetting', 'org_*#mail-sent', 'org_*#support-visit', 'org_*#tombstone'],
  ],
  /** Deleted with their user, before the erasure of the rest. */
  mailSettings: 'org_*#mail-settings',
  /** All data of all customers, read by exports. */
  everyOrganization: 'org_*',
  /** Drift checks: everything that function may access. */
  driftRuns: 'platform#drift',
} as const;
