import type { AuditEntry } from '../audit/audit.schema.ts';
import { type DeletedItem, deletedItem } from '../table/deletion-record.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { imagesOf } from './plan.ts';

/** The item that an entry deleted; null if it is no longer kept. */
export async function deletionOf(scope: OrganizationScope, entry: AuditEntry): Promise<DeletedItem | null> {
  const { before } = imagesOf(entry);
  const { createdAt, revision } = before;
  const [entity = '', ...key] = entry.resource.split('/');
  if (typeof createdAt !== 'string' || typeof revision !== 'number') return null;
  return await deletedItem(scope, { entity, sortKey: key.join('/'), createdAt, revision });
}
