import { appendLeaves } from '../audit/append-leaves.ts';
import { AuditItem } from '../audit/audit.noun.ts';
import type { AuditEntry } from '../audit/audit.schema.ts';
import { sha256 } from '../audit/sha256.ts';
import { leavesWrites, type PlacedLeaf } from '../audit/stored-leaves.ts';
import { rootOf } from '../audit/tree/frontier.ts';
import { toBase64 } from '../audit/tree/hash.ts';
import type { Leaf } from '../audit/tree/leaf.ts';
import { findTree } from '../audit/tree-head.ts';
import { auditShards, shardOf } from '../table/layout.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { create } from '../table/writes.ts';

/** A leaf of an exported audit log with its entry, which retention may already have removed. */
export interface ExportedLeaf {
  readonly leaf: Leaf;
  readonly entry?: AuditEntry | undefined;
}

/** A transaction has at most 100 writes, including the head and up to two tiles of leaves. */
export const leavesTogether = 90;

/** A placeholder for the time of a removed entry, which is never looked up. */
const unknown = '1970-01-01T00:00:00.000Z';

const placed = ({ leaf, entry }: ExportedLeaf): PlacedLeaf =>
  'id' in leaf ? { ...leaf, timestamp: entry?.timestamp ?? unknown } : leaf;

/**
 * Appends leaves of an exported audit log, unchanged, with their entries. Existing ones are skipped, so
 * that an interrupted import can be repeated.
 * @param leaves at most `leavesTogether`, in order
 */
export async function appendExported(
  scope: OrganizationScope,
  leaves: readonly ExportedLeaf[],
): Promise<void> {
  await appendLeaves(scope, (size) => {
    const left = leaves.filter(({ leaf }) => leaf.sequence >= size);
    if (left.length === 0) return null;
    const own = left.map(placed);
    return {
      leaves: own,
      timestamps: [],
      writes: [...left.flatMap((one) => entryWrites(scope, one)), ...leavesWrites(scope, own)],
    };
  });
}

function entryWrites(scope: OrganizationScope, { leaf, entry }: ExportedLeaf) {
  if (entry === undefined || !('id' in leaf)) return [];
  const { id, schemaVersion: _, organizationId: __, ...values } = entry;
  const key = { entryId: id, month: entry.timestamp.slice(0, 7), shard: shardOf(id, auditShards) };
  return [
    create(scope, AuditItem, { ...values, ...key, sequence: leaf.sequence, expiresAt: leaf.expiresAt }),
  ];
}

/** The number of leaves of an audit log, and their root, base64. */
export async function trailNow(
  scope: OrganizationScope,
): Promise<{ readonly size: number; readonly root: string }> {
  const { frontier } = (await findTree(scope)).head;
  return { size: frontier.size, root: toBase64(rootOf(frontier, sha256)) };
}
