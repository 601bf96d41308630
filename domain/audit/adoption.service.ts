import type { OrganizationScope } from '../table/scope.ts';
import { AuditEntity } from './audit.entity.ts';
import { AuditEntry } from './audit.schema.ts';

/** Where an entry is: its own time and id. */
type EntryKey = Pick<AuditEntry, 'timestamp' | 'id'>;

const keyOf = ({ organizationId }: OrganizationScope, { timestamp, id }: EntryKey) => ({
  organizationId,
  month: timestamp.slice(0, 7),
  timestamp,
  entryId: id,
});

/** One entry of the scope's organization, or null. */
export async function findEntry(scope: OrganizationScope, key: EntryKey): Promise<AuditEntry | null> {
  const { client, table } = scope;
  const { data } = await AuditEntity.get(keyOf(scope, key)).go({ client, table, consistent: true });
  if (data === null) return null;
  const { entryId, ...entry } = data;
  return AuditEntry.parse({ ...entry, id: entryId, schemaVersion: 1 });
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
  const entry = await findEntry(scope, key);
  if (entry?.details.after?.source !== 'legacy' || entry.requestId !== requestId) return false;
  const { client, table } = scope;
  await AuditEntity.remove(keyOf(scope, key)).go({ client, table });
  return true;
}
