import { AppError } from '../errors.ts';
import type { OrganizationId } from '../ids.ts';
import { itemsOf } from '../table/batch-read.ts';
import { entityOf } from '../table/entity.ts';
import { type ControlPlane, withinOrganization } from '../table/scope.ts';
import { bytesOf } from '../table/storable.ts';
import { remove, transact, type Write } from '../table/write.ts';
import { appendEntry, entryWrite } from './append-entry.ts';
import { AuditItem } from './audit.noun.ts';
import { AuditEntry, adoptedEntryPrefix } from './audit.schema.ts';

/** Where an entry is: its own time and id. */
interface EntryKey extends Pick<AuditEntry, 'timestamp' | 'id'> {
  readonly organizationId: OrganizationId;
}

const keyOf = ({ organizationId, timestamp, id }: EntryKey) => ({
  organizationId,
  month: timestamp.slice(0, 7),
  timestamp,
  entryId: id,
});

/** Entries, at most 100, by their ids. One that isn't there is missing. */
export async function findEntries(
  plane: ControlPlane,
  keys: readonly EntryKey[],
): Promise<Map<string, AuditEntry>> {
  const found = await itemsOf(
    plane,
    distinct(keys).map((key) => entityOf(AuditItem).get(keyOf(key))),
  );
  const entries = found.flatMap((item) => {
    const stored = item === undefined ? null : entityOf(AuditItem).parse({ Item: item }).data;
    return stored === null ? [] : [AuditEntry.parse({ ...stored, id: stored.entryId, schemaVersion: 1 })];
  });
  return new Map(entries.map((entry) => [entry.id, entry]));
}

/** Without those that are named again: a line that an export has twice is one entry. */
const distinct = <Key extends EntryKey>(keys: readonly Key[]): Key[] => [
  ...new Map(keys.map((key) => [key.id, key])).values(),
];

/** DynamoDB takes 4 MB in one transaction; what isn't counted here is little. */
const mostBytesTogether = 3_500_000;

/**
 * Appends entries from elsewhere, at most 100, whatever organizations they are of. One that is there stays as
 * it is.
 */
export async function adoptEntries(plane: ControlPlane, entries: readonly AuditEntry[]): Promise<void> {
  const different = distinct(entries);
  const writes = different.map((entry) => entryWrite(plane, entry));
  if (bytesOf(different) <= mostBytesTogether && (await allAtOnce(plane, writes))) return;
  await Promise.all(
    different.map((entry) => appendEntry(withinOrganization(plane, entry.organizationId), entry)),
  );
}

/**
 * Takes entries away, at most 100, that `requestId` brought from elsewhere, and answers for each key whether
 * it did; what the product itself recorded stays, whatever is asked.
 */
export async function abandonEntries(
  plane: ControlPlane,
  keys: readonly EntryKey[],
  requestId: string,
): Promise<boolean[]> {
  const removals = distinct(keys)
    .filter(({ id }) => id.startsWith(adoptedEntryPrefix))
    .map((key) => ({ id: key.id, write: removal(plane, key, requestId) }));
  const together = await allAtOnce(
    plane,
    removals.map(({ write }) => write),
  );
  const gone = new Set<string>();
  await Promise.all(
    removals.map(async ({ id, write }) => {
      if (together || (await allAtOnce(plane, [write]))) gone.add(id);
    }),
  );
  return keys.map(({ id }) => gone.has(id));
}

const removal = (plane: ControlPlane, key: EntryKey, requestId: string): Write =>
  remove(
    plane,
    entityOf(AuditItem)
      .remove(keyOf(key))
      .where((entry, { eq }) => eq(entry.requestId, requestId)),
    () => new AppError('already_exists', 'The entry is another one’s.'),
  );

/**
 * Whether the conditions of all writes held. If not, an interrupted run was here before, or another one:
 * nothing is written.
 */
async function allAtOnce(plane: ControlPlane, writes: readonly Write[]): Promise<boolean> {
  if (writes.length === 0) return true;
  try {
    await transact(plane, writes);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'already_exists') return false;
    throw error;
  }
}
