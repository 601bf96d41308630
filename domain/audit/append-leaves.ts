import QuickLRU from 'quick-lru';
import { collided } from '../errors.ts';
import type { OrganizationId } from '../ids.ts';
import { backoff } from '../table/backoff.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { tryTransact, type Write } from '../table/transaction.ts';
import { sha256 } from './sha256.ts';
import { append } from './tree/frontier.ts';
import { type Leaf, leafHash } from './tree/leaf.ts';
import { withAppended } from './tree/recent.ts';
import { findTree, type Head, headWrite } from './tree-head.ts';

/** A batch to append, built for a given tree size. */
export interface Appendix {
  readonly leaves: readonly Leaf[];
  /** Times of the entries, by which they are found until they are sealed. */
  readonly timestamps: readonly string[];
  /** Written together with the leaves, all or nothing. */
  readonly writes: readonly Write[];
}

/** How often a cached head is used before it is re-read, to notice what was sealed meanwhile. */
const mostUses = 8;

/**
 * Caches the heads as this process has left them, so that appending needs no read. The condition on the
 * head detects concurrent appends.
 */
export class KnownHeads {
  readonly #heads = new QuickLRU<OrganizationId, { readonly head: Head; readonly uses: number }>({
    maxSize: 1000,
  });

  async of(scope: OrganizationScope): Promise<Head> {
    const known = this.#heads.get(scope.organizationId);
    if (known !== undefined && known.uses < mostUses) return known.head;
    const { head } = await findTree(scope);
    this.#heads.set(scope.organizationId, { head, uses: 0 });
    return head;
  }

  moved({ organizationId }: OrganizationScope, head: Head): void {
    const uses = this.#heads.get(organizationId)?.uses ?? 0;
    this.#heads.set(organizationId, { head, uses: uses + 1 });
  }

  forget({ organizationId }: OrganizationScope): void {
    this.#heads.delete(organizationId);
  }
}

/** Attempts to win against concurrent writers of the same tree; waits grow up to the sixth. */
const attempts = 30;
const longestWait = 6;

/**
 * Appends leaves to a tree, together with their writes, in one transaction. If another append wins, it
 * retries from the new head. Throws `conflict` if others keep winning.
 * @param prepare returns what to append at a given size; null for nothing
 * @param refused receives the indexes of its own writes whose condition failed, before the retry
 */
export async function appendLeaves(
  scope: OrganizationScope,
  prepare: (size: number) => Appendix | null | Promise<Appendix | null>,
  {
    heads = new KnownHeads(),
    refused,
  }: { readonly heads?: KnownHeads; readonly refused?: (writes: readonly number[]) => void } = {},
): Promise<void> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const head = await heads.of(scope);
    const { size } = head.frontier;
    const appendix = await prepare(size);
    if (appendix === null) return;
    const { leaves, timestamps, writes } = appendix;
    const hashes = leaves.map((leaf) => leafHash(leaf, sha256));
    const next = {
      frontier: append(head.frontier, hashes, sha256),
      recent: withAppended(head.recent, size, timestamps),
    };
    const failed = await tryTransact(scope, [headWrite(scope, head, next), ...writes]);
    if (failed === null) {
      heads.moved(scope, next);
      return;
    }
    const others = failed.filter((at) => at > 0).map((at) => at - 1);
    if (others.length > 0) refused?.(others);
    if (others.length === failed.length && failed.length > 0) continue;
    heads.forget(scope);
    // After a moved head, retrying at once is enough; with a concurrent transaction, or after a third loss,
    // it waits.
    if (failed.length === 0 || attempt > 2) await backoff(Math.min(attempt, longestWait));
  }
  throw collided();
}
