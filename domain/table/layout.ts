/**
 * The physical shape of the one table, as data: the CDK construct, the IAM policies and the entities read it.
 * Every partition key begins with `<organizationId>#`; IAM matches on that prefix.
 */
export const tableLayout = {
  partitionKey: 'pk',
  sortKey: 'sk',
  timeToLive: 'expiresAt',
  /** Names the kind of an item, which its key determines too, see `itemKinds`. */
  entityAttribute: 'entity',
} as const;

/** How many days a deletion record keeps what was deleted. */
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
 * `directory` lists all organizations by name, over shards so that no key is hot, and the terms that search
 * finds them by. The tenant role has no access to it.
 */
export const directoryIndex = {
  name: 'directory',
  partitionKey: 'directoryPk',
  sortKey: 'directorySk',
} as const;

/** The attributes that a list in another order filters by without reading the rows themselves. */
const filterable = ['status', 'plan', 'planEndsOn', 'stage', 'words'] as const;

const order = (name: string, sortKey: string, sortKeyType: 'S' | 'N' = 'S') => ({
  name,
  partitionKey: directoryIndex.partitionKey,
  sortKey,
  sortKeyType,
  includes: filterable.filter((attribute) => attribute !== sortKey),
});

/**
 * The directory in its other orders. Their sort keys are plain attributes of the row, so that a write of a
 * count moves the row without knowing of the index. They project only what is filtered by, so that a change
 * of anything else writes to none of them. DynamoDB checks the type of these attributes on every item of the
 * table.
 */
export const directoryOrders = {
  created: order('directoryByCreation', 'createdAt'),
  users: order('directoryByUsers', 'users', 'N'),
  lastActivity: order('directoryByActivity', 'lastActivityOn'),
  planEnd: order('directoryByPlanEnd', 'planEndsOn'),
} as const;

/** Every index of the directory: the control plane's. */
export const directoryIndexes = [directoryIndex, ...Object.values(directoryOrders)];

/**
 * `byMember` finds what belongs to a user or a team: its partition key begins with the organization as the
 * table's does (`<org>#member#<userId>`, `<org>#team#<teamId>`), and the tenant role may query it.
 */
export const memberIndex = {
  name: 'byMember',
  partitionKey: 'memberPk',
  sortKey: 'memberSk',
} as const;

/** Every index of the table. */
export const indexes: readonly TableIndex[] = [...directoryIndexes, memberIndex];

const organizationOf = (key: string): string => key.slice(0, key.indexOf('#') + 1);

/** The items in the platform's partitions of an index: those of all organizations, but of one kind only. */
const platformRows = [
  { partition: /^platform#organizations#/, rows: /^(?:platform|org_\w{26})#organization$/ },
  { partition: /^platform#organization-terms$/, rows: /^(?:platform|org_\w{26})#organization$/ },
  { partition: /^platform#audit#/, rows: /^(?:platform|org_\w{26})#audit#/ },
];

/** Whether an item with that partition key may be in that partition of an index. */
export function belongsTo(indexPartition: string, partitionKey: string): boolean {
  const shared = platformRows.find(({ partition }) => partition.test(indexPartition));
  if (shared !== undefined) return shared.rows.test(partitionKey);
  return indexPartition !== '' && organizationOf(indexPartition) === organizationOf(partitionKey);
}

/**
 * Number of keys the organization directory is spread over; scheduled work fans out by the same shards. To
 * have more of them: docs/runbook.md, "Grow the directory".
 */
export const directoryShards = 4;

/**
 * While the directory grows, the number of keys before, of which this one is a multiple: rows may stand in
 * either layout until `npm run reshard` has moved them all. Null while it doesn't grow.
 */
export const directoryShardsBefore: number | null = null;

/**
 * Number of keys that one month of the platform's audit feed is spread over: each takes about 500 entries a
 * second.
 */
export const auditShards = 4;

/** Which of so many shards an id belongs to: spread evenly, and the same for good, as keys are made of it. */
export const shardOf = (id: string, shards: number): number =>
  [...id].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 65_521, 0) % shards;

/**
 * The attributes of a tree's head, the only ones in a tree that the audit writer's role may write: it can
 * append, but neither take back nor change what is sealed.
 */
export const treeHeadAttributes = [
  ...[tableLayout.partitionKey, tableLayout.sortKey, tableLayout.entityAttribute, 'entityVersion'],
  ...['organizationId', 'headSize', 'headFrontier', 'recent'],
];

/** Partition-key patterns (IAM `StringLike` syntax) that each non-tenant role may touch; nothing else. */
export const partitionPatterns = {
  /** Entries are append-only: only the audit writer may put here. */
  audit: '*#audit#*',
  /** The trails' trees: only those who append or seal may write here. */
  auditTree: '*#audit-tree',
  /** The platform's rounds: each commits to the newest checkpoints of all organizations of a shard. */
  auditRounds: 'platform#audit-rounds',
  /** All organizations' entries by month, on the index `directory`: for the super admin. */
  auditFeed: 'platform#audit#*',
  /** The control plane's: the platform's partitions, and the items that an organization is created with. */
  controlPlane: ['platform#*', '*#organization', '*#invitation', '*#email'],
  directory: 'platform#organizations#*',
  /** What growing the directory reads and moves, with an operator's credentials. */
  reshard: ['platform#organizations#*', 'platform#organization-name', 'org_*#organization'],
  /** An organization's profile, which has its plan. */
  organizations: '*#organization',
  /** The terms that search finds organizations by, in the index `directory`. */
  organizationTerms: 'platform#organization-terms',
  /**
   * Claims of names and external ids: all that the control plane deletes, when an organization changes one.
   */
  organizationClaims: ['platform#organization-name', 'platform#organization-external-id'],
  /**
   * What the legacy import writes, with an operator's credentials (docs/import.md): no user of the platform,
   * whatever a file says.
   */
  import: [
    ...['platform#import', 'platform#organization-name', 'platform#organizations#*'],
    ...['platform#organization-terms', 'org_*#organization'],
    ...['org_*#user', 'org_*#email', 'org_*#team', 'org_*#team-name', 'org_*#member#*', '*#audit#*'],
    '*#audit-tree',
    // The lists of users in the index: by name and by joining.
    ...['org_*#users', 'org_*#joined'],
    // The last one only to read what Clerk's webhooks reported of people.
    ...['org_*#tombstone', 'platform#identity'],
  ],
  /**
   * What the import of an organization's export writes beside: all that it had, and the claim of its name.
   */
  importedExport: ['org_*', 'platform#organization-external-id', 'platform#departure', 'platform#audit#*'],
  /** What the backtest of health reads, with an operator's credentials. */
  backtest: ['platform#organizations#*', 'org_*#usage', 'org_*#organization'],
  /** Every access event: each is put once. */
  accessEvents: '*#access*',
  /** Those that no organization's members cause: the platform's own, and requested runs. */
  platformAccessEvents: ['platform#access*', '*#access#usage-run'],
  /**
   * What the support function knows of the platform's users, who visit customers' organizations: who they
   * are, their sessions and refusals, and their rate limits.
   */
  platformVisits: {
    members: 'platform#user',
    accessEvents: ['platform#access', 'platform#access#refused'],
    rate: 'platform#rate',
  },
  /** Claimed for whoever accepts an invitation, see `MemberClaims`. */
  memberClaims: 'platform#member-claim',
  /** That somebody who accepts an invitation is a member of another organization: for the super admin. */
  membersElsewhere: 'platform#access#elsewhere',
  /**
   * Who the super admins are, and who is invited to be one. No function that serves requests writes it; the
   * one for approvals adds users.
   */
  superAdmins: ['platform#user', 'platform#invitation'],
  /** What needs a second super admin: only the function for it writes here. */
  approvals: 'platform#approval',
  /**
   * What that function reads beside the requests: the super admins and their addresses, the platform's
   * counts, which organization a person is in, and the state of an organization that a request is about.
   */
  approvalFacts: [
    ...['platform#user', 'platform#email', 'platform#member-claim'],
    ...['*#organization', 'org_*#support-access'],
  ],
  /** What it writes when a super admin is made, as no other function may. */
  newSuperAdmin: [
    ...['platform#user', 'platform#email', 'platform#member-claim'],
    // The lists of users in the index: by name and by joining.
    ...['platform#users', 'platform#joined'],
  ],
  /** The platform's own counts. */
  platformCounts: 'platform#organization',
  /** Clerk user → organization, by webhooks and by membership, and which webhooks were handled. */
  identity: ['platform#identity', 'platform#webhook', 'platform#member-claim'],
  /**
   * What the function with Clerk's key reads: who a letter goes to, and which organization a person is in.
   */
  clerkGateway: [
    ...['org_*#invitation', 'org_*#user', 'platform#member-claim'],
    // Whom an approved request makes a super admin.
    ...['platform#approval', 'platform#user'],
  ],
  /** For which organizations there are webhooks to be sent, and when. */
  webhookDue: 'platform#webhook-due',
  /** API keys of organizations, by their hashes: what the key broker reads. */
  apiKeys: 'org_*#api-key',
  /** What it compares with Clerk: every member, and where each identity is one. */
  comparedPeople: ['*#user', 'platform#member-claim'],
  /** Deletion records, from which the audit trail learns who deleted something. */
  tombstones: '*#tombstone',
  usageRuns: 'platform#usage',
  /** Organizations that leave, have left, or stayed after all. */
  departures: 'platform#departure',
  /** How far the deletion of an organization's data is, and what is left of it. */
  removals: ['platform#departure-removal', 'platform#departure-partitions'],
  /** How far the export of an organization that leaves is. */
  dataExports: 'org_*#export',
  /** Organizations in which something of one person is to be exported. */
  personDataDue: 'platform#person-data-due',
  /** All of all customers: what an export reads. */
  everyOrganization: 'org_*',
  /** The comparisons with Clerk: all that the function that makes them reaches. */
  driftRuns: 'platform#drift',
} as const;
