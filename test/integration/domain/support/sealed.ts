import { expect } from 'vitest';
import { appendEntries, together } from '../../../../domain/audit/append-entries.ts';
import { KnownHeads } from '../../../../domain/audit/append-leaves.ts';
import { AuditItem } from '../../../../domain/audit/audit.noun.ts';
import { sealTrail } from '../../../../domain/audit/seal-trail.ts';
import { sha256 } from '../../../../domain/audit/sha256.ts';
import { storedLeaves } from '../../../../domain/audit/stored-leaves.ts';
import { append, emptyFrontier, rootOf } from '../../../../domain/audit/tree/frontier.ts';
import { leafHash } from '../../../../domain/audit/tree/leaf.ts';
import { newOrganizationId } from '../../../../domain/ids.ts';
import {
  type ControlPlane,
  type OrganizationScope,
  withinOrganization,
} from '../../../../domain/table/scope.ts';
import { write } from '../../../../domain/table/transaction.ts';
import { create } from '../../../../domain/table/writes.ts';
import { numberedEntries } from '../../../support/trail-entries.ts';

export const now = new Date('2026-11-24T12:00:00.000Z');
export const later = new Date('2026-11-24T13:00:00.000Z');

/** A new organization without any data. */
export const unknownOrganization = (plane: ControlPlane) =>
  withinOrganization(plane, newOrganizationId(new Date()));

export type Numbered = Parameters<typeof numberedEntries>[2];
/** Appends entries like the writer. */
export async function written(scope: OrganizationScope, count: number, options?: Numbered) {
  const heads = new KnownHeads();
  for (const part of together(numberedEntries(scope.organizationId, count, options)))
    await appendEntries(scope, part, { heads });
}

/** Puts entries into the audit log but not into the tree, as earlier versions did. */
export async function putBeside(scope: OrganizationScope, count: number, options?: Numbered) {
  for (const { entry, expiresAt } of numberedEntries(scope.organizationId, count, options)) {
    const { id, schemaVersion: _, ...values } = entry;
    const item = { ...values, entryId: id, month: entry.timestamp.slice(0, 7), shard: 0, expiresAt };
    await write(scope, create(scope, AuditItem, item));
  }
}

/** The root of the stored leaves. */
export async function rootOfStored(scope: OrganizationScope, size: number) {
  const leaves = await storedLeaves(scope, { from: 0, to: size });
  expect(leaves.map(({ sequence }) => sequence)).toEqual(Array.from({ length: size }, (_, at) => at));
  const hashes = leaves.map((leaf) => leafHash(leaf, sha256));
  return rootOf(append(emptyFrontier, hashes, sha256), sha256);
}

/** Seals until everything is sealed. */
export const sealAll = async (scope: OrganizationScope, at: Date) => {
  for (let run = 0; run < 8; run += 1) {
    const sealed = await sealTrail(scope, at);
    if (sealed.isAll) return sealed;
  }
  throw new Error('the trail isn’t sealed');
};

/** An organization whose search for earlier entries is complete. */
export async function searchedOrganization(plane: ControlPlane): Promise<OrganizationScope> {
  const scope = unknownOrganization(plane);
  await sealTrail(scope, now);
  await sealAll(scope, later);
  return scope;
}
