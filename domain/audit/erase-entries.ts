import { same } from '../difference.ts';
import { entityOf, type Stored } from '../table/entity.ts';
import { typed } from '../table/item.ts';
import type { Item } from '../table/query.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { write } from '../table/transaction.ts';
import { adjust, settingsOf } from '../table/writes.ts';
import { appendLeaves } from './append-leaves.ts';
import { AuditItem } from './audit.noun.ts';
import type { AuditEntry } from './audit.schema.ts';
import { sha256 } from './sha256.ts';
import { entryIn } from './stored-entries.ts';
import { leavesWrites, type PlacedLeaf, storedLeaves } from './stored-leaves.ts';
import { entryHash } from './tree/leaf.ts';

/** Erases a user from entries. */
export interface EntryEraser {
  readonly pseudonym: string;
  /** The entry without the user's data; the same entry if nothing is to be erased. */
  readonly erase: (entry: AuditEntry) => AuditEntry;
}

/** The outcome for some entries. */
interface Passed {
  /** Entries whose new leaf was written; they change once a signed checkpoint covers that leaf. */
  readonly noted: number;
  readonly changed: number;
  /** Entries that no checkpoint covers yet: their leaves are still computed from their current content. */
  readonly waiting: number;
}

interface ToErase {
  readonly item: Stored<typeof AuditItem>;
  readonly left: AuditEntry;
  readonly hash: string;
}

/** A transaction has at most 100 writes, including the head and up to two tiles of leaves. */
const mostTogether = 97;

const keyOf = ({ month, timestamp, entryId }: Stored<typeof AuditItem>) => ({ month, timestamp, entryId });

/**
 * Erases a user from entries of the audit log, as read from the table. First a leaf of the tree records what
 * remains of an entry; once a signed checkpoint covers that leaf, the entry itself is changed. An export made
 * at any point can therefore still be proved. It can stop and resume at any point; completed work is kept.
 * @param signed the size up to which the log is sealed and signed
 */
export async function eraseFromEntries(
  scope: OrganizationScope,
  { pseudonym, erase }: EntryEraser,
  { items, signed }: { readonly items: readonly Item[]; readonly signed: number },
): Promise<Passed> {
  let [noted, changed] = [0, 0];
  const found = toErase(items, erase);
  const placed = await withPlaces(scope, found, signed);
  let waiting = found.length - placed.length;
  const told = placed.filter(({ item, hash }) => item.erasure?.entry === hash);
  for (const one of told) {
    if ((one.item.erasure?.sequence ?? signed) >= signed) waiting += 1;
    else if (await change(scope, one)) changed += 1;
  }
  const untold = placed.filter(({ item, hash }) => item.erasure?.entry !== hash);
  for (let from = 0; from < untold.length; from += mostTogether)
    noted += await note(scope, untold.slice(from, from + mostTogether), pseudonym);
  return { noted, changed, waiting };
}

function toErase(items: readonly object[], erase: EntryEraser['erase']): ToErase[] {
  return entityOf(AuditItem)
    .parse({ Items: items.map((item) => ({ ...item })) })
    .data.flatMap((item) => {
      const entry = entryIn(item);
      const left = erase(entry);
      return same(entry, left) ? [] : [{ item, left, hash: entryHash(left, sha256) }];
    });
}

/** The entries that have a position in the sealed tree, with that position. */
async function withPlaces(
  scope: OrganizationScope,
  found: readonly ToErase[],
  signed: number,
): Promise<(ToErase & { readonly of: number })[]> {
  const unknown = new Set(found.flatMap(({ item }) => (item.sequence === undefined ? [item.entryId] : [])));
  // Entries older than the tree don't store their position.
  const leaves = unknown.size === 0 ? [] : await storedLeaves(scope, { from: 0, to: signed });
  const places = new Map(
    leaves.flatMap((leaf) => ('id' in leaf && unknown.has(leaf.id) ? [[leaf.id, leaf.sequence]] : [])),
  );
  return found.flatMap((one) => {
    const of = one.item.sequence ?? places.get(one.item.entryId);
    return of === undefined || of >= signed ? [] : [{ ...one, of }];
  });
}

/**
 * Appends leaves that record what remains of entries. Returns how many; an entry may have expired since it
 * was read.
 */
async function note(
  scope: OrganizationScope,
  all: readonly (ToErase & { readonly of: number })[],
  person: string,
): Promise<number> {
  let left = all;
  await appendLeaves(
    scope,
    (size) => {
      if (left.length === 0) return null;
      const leaves = left.map(
        ({ of, hash: entry }, at): PlacedLeaf => ({ kind: 'erased', sequence: size + at, of, entry, person }),
      );
      const writes = left.map(({ item, hash }, at) =>
        adjust(scope, AuditItem, keyOf(item), { set: { erasure: { sequence: size + at, entry: hash } } }),
      );
      return { leaves, timestamps: [], writes: [...writes, ...leavesWrites(scope, leaves)] };
    },
    {
      refused: (writes) => {
        const gone = new Set(writes);
        left = left.filter((_, at) => !gone.has(at));
      },
    },
  );
  return left.length;
}

/** Replaces an entry with what its new leaf records. */
const change = (scope: OrganizationScope, { item, left, hash }: ToErase): Promise<boolean> => {
  const { userId, actorName, resource, details, ip, userAgent, impersonatedBy, names, requestId } = left;
  const told = { userId, actorName, resource, details, requestId };
  const set = settingsOf({ ...told, ip, userAgent, impersonatedBy, names });
  return write(
    scope,
    adjust(scope, AuditItem, keyOf(item), {
      set: typed<object>(set),
      where: ({ erasure }, { eq }) => eq(typed<{ entry: typeof item.userId }>(erasure).entry, typed(hash)),
    }),
  );
};
