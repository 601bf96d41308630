import { entityVersion } from '../table/entity.ts';
import { filled } from '../table/item.ts';
import { auditShards, shardOf, tableLayout } from '../table/layout.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { bytesOf } from '../table/storable.ts';
import type { Write } from '../table/transaction.ts';
import { defined, type New } from '../table/writes.ts';
import { appendLeaves, type KnownHeads } from './append-leaves.ts';
import { AuditItem } from './audit.noun.ts';
import { auditRefusals } from './audit.refusals.ts';
import type { AuditEntry } from './audit.schema.ts';
import { sha256 } from './sha256.ts';
import { leavesWrites, type PlacedLeaf } from './stored-leaves.ts';
import { entryHash } from './tree/leaf.ts';

/** An entry to append. */
export interface NewEntry {
  readonly entry: AuditEntry;
  /** When it expires, seconds since the epoch; absent if never. */
  readonly expiresAt?: number | undefined;
}

/**
 * How many entries fit into a transaction besides the head: DynamoDB's limit is 100 writes and 4 MB. Leaves
 * of imported entries are stored immediately, in at most two tiles.
 */
const mostWrites = { written: 99, imported: 97 } as const;
const mostBytes = 3_500_000;

type Kind = keyof typeof mostWrites;

/** Splits entries, in order, into parts of one transaction each. */
export function together<One extends NewEntry>(entries: readonly One[], kind: Kind = 'written'): One[][] {
  const parts: One[][] = [];
  let bytes = 0;
  for (const one of entries) {
    const own = bytesOf(one.entry);
    const part = parts.at(-1);
    if (part !== undefined && part.length < mostWrites[kind] && bytes + own <= mostBytes) {
      part.push(one);
      bytes += own;
    } else {
      parts.push([one]);
      bytes = own;
    }
  }
  return parts;
}

const { name, key, places } = AuditItem;
const { feed } = places;
const isNew = `attribute_not_exists(${tableLayout.partitionKey})`;

/**
 * The write of an entry with its position in the tree; refused if it exists. The item is as ElectroDB would
 * write it, but without the validation of each attribute: that took as long as all else that the writer does
 * for an entry.
 */
function entryWrite(
  { organizationId, table }: OrganizationScope,
  { entry: { id, schemaVersion: _, organizationId: __, ...entry }, expiresAt }: NewEntry,
  sequence: number,
): Write {
  const values = {
    ...{ ...entry, organizationId, entryId: id, sequence, expiresAt },
    ...{ month: entry.timestamp.slice(0, 7), shard: shardOf(id, auditShards) },
  } satisfies New<typeof AuditItem>;
  const Item = {
    ...defined(values),
    [tableLayout.partitionKey]: filled(key[0], values),
    [tableLayout.sortKey]: filled(key[1], values),
    [feed.index.partitionKey]: filled(feed.key[0], values),
    [feed.index.sortKey]: filled(feed.key[1], values),
    [tableLayout.entityAttribute]: name,
    entityVersion,
  };
  return {
    item: { Put: { TableName: table, Item, ConditionExpression: isNew } },
    refusal: auditRefusals.entry_exists,
  };
}

/**
 * Appends entries of one organization in order, with their leaves: all or none, and each only once, however
 * often it is delivered. An entry that is already in the log is in the tree too, and is left as it is.
 * @param entries at most one part as returned by `together`
 */
export async function appendEntries(
  scope: OrganizationScope,
  entries: readonly NewEntry[],
  { kind = 'written', heads }: { readonly kind?: Kind; readonly heads?: KnownHeads } = {},
): Promise<void> {
  let left = [...new Map(entries.map((one) => [one.entry.id, one])).values()];
  const hashes = new Map(left.map(({ entry }) => [entry.id, entryHash(entry, sha256)]));
  await appendLeaves(
    scope,
    (size) => {
      if (left.length === 0) return null;
      const leaves = left.map(
        ({ entry: { id, timestamp }, expiresAt }, at): PlacedLeaf => ({
          kind,
          id,
          timestamp,
          sequence: size + at,
          entry: hashes.get(id) ?? '',
          expiresAt,
        }),
      );
      const puts = left.map((one, at) => entryWrite(scope, one, size + at));
      return kind === 'written'
        ? { leaves, timestamps: left.map(({ entry }) => entry.timestamp), writes: puts }
        : { leaves, timestamps: [], writes: [...puts, ...leavesWrites(scope, leaves)] };
    },
    {
      ...(heads === undefined ? {} : { heads }),
      refused: (writes) => {
        const gone = new Set(writes);
        left = left.filter((_, at) => !gone.has(at));
      },
    },
  );
}
