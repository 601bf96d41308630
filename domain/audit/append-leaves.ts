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

/** What is appended to a tree at once, made for the size that it has. */
export interface Appendix {
  readonly leaves: readonly Leaf[];
  /** Times of the entries that are found by their time until they are sealed. */
  readonly timestamps: readonly string[];
  /** What is written with them, all or nothing. */
  readonly writes: readonly Write[];
}

/** How often a known head is used before it is read again, for what has been sealed meanwhile. */
const mostUses = 8;

/**
 * Heads as this process left them, so that appending needs no read. Somebody else's append is noticed by the
 * condition on the head.
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

/** Attempts to get in between other writers of the same tree, with longer waits up to the sixth. */
const attempts = 30;
const longestWait = 6;

/**
 * Appends leaves to a tree and writes what belongs to them, in one transaction. Another append to the same
 * tree makes this one begin again from the head as it is then. Throws `conflict` if others were always
 * faster.
 * @param prepare what to append after so many leaves; null for nothing
 * @param refused learns which of its writes had a condition that failed, by their numbers, before it begins
 * again
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
    // A moved head is only read again; one that is just being moved, and a third loss, are waited for.
    if (failed.length === 0 || attempt > 2) await backoff(Math.min(attempt, longestWait));
  }
  throw collided();
}
