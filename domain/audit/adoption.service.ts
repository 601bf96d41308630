import { AppError } from '../errors.ts';
import { happened } from '../table/conditional.ts';
import { type ControlPlane, type OrganizationScope, withinOrganization } from '../table/scope.ts';
import { bytesOf } from '../table/storable.ts';
import { transact } from '../table/write.ts';
import { AuditEntity } from './audit.entity.ts';
import { AuditEntry } from './audit.schema.ts';
import { appendEntry, entryWrite } from './audit.service.ts';

/** Where an entry is: its own time and id. */
type EntryKey = Pick<AuditEntry, 'timestamp' | 'id'>;

const keyOf = ({ organizationId }: OrganizationScope, { timestamp, id }: EntryKey) => ({
  organizationId,
  month: timestamp.slice(0, 7),
  timestamp,
  entryId: id,
});

/** What the ids of entries from elsewhere begin with: those that the product records never do. */
export const adoptedEntryPrefix = 'legacy-';

/** One entry of the scope's organization, or null. */
export async function findEntry(scope: OrganizationScope, key: EntryKey): Promise<AuditEntry | null> {
  const { client, table } = scope;
  const { data } = await AuditEntity.get(keyOf(scope, key)).go({ client, table, consistent: true });
  if (data === null) return null;
  const { entryId, ...entry } = data;
  return AuditEntry.parse({ ...entry, id: entryId, schemaVersion: 1 });
}

/** DynamoDB takes 4 MB in one transaction; what isn't counted here is little. */
const mostBytesTogether = 3_500_000;

/** Appends entries from elsewhere, at most 100, whatever organizations they are of. One that is there stays as it is. */
export async function adoptEntries(plane: ControlPlane, entries: readonly AuditEntry[]): Promise<void> {
  const append = (entry: AuditEntry) => appendEntry(withinOrganization(plane, entry.organizationId), entry);
  const each = async () => void (await Promise.all(entries.map(append)));
  if (entries.length < 2 || bytesOf(entries) > mostBytesTogether) return await each();
  try {
    await transact(
      plane,
      entries.map((entry) => entryWrite(plane, entry)),
    );
  } catch (error) {
    // Some are there already, from an interrupted run or another export: each for itself.
    if (!(error instanceof AppError && error.code === 'already_exists')) throw error;
    await each();
  }
}

/**
 * Takes an entry away that `requestId` brought from elsewhere; false when there is none. What the product itself recorded stays,
 * whatever is asked.
 */
export async function abandonEntry(
  scope: OrganizationScope,
  key: EntryKey,
  requestId: string,
): Promise<boolean> {
  const { client, table } = scope;
  if (!key.id.startsWith(adoptedEntryPrefix)) return false;
  const gone = AuditEntity.remove(keyOf(scope, key)).where((entry, { eq }) => eq(entry.requestId, requestId));
  return await happened(gone.go({ client, table }));
}
