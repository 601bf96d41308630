import { AppError } from '../errors.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { put, transact } from '../table/write.ts';
import { AuditEntity } from './audit.entity.ts';
import { AuditEntry } from './audit.schema.ts';

const monthOf = (timestamp: string) => timestamp.slice(0, 7);

function monthBefore(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 2, 1)).toISOString().slice(0, 7);
}

/** Appends an entry, once: an entry that is there already stays as it is, however often it is delivered. */
export async function appendEntry(scope: OrganizationScope, entry: AuditEntry): Promise<void> {
  const { id, schemaVersion: _, requestId, ip, userAgent, impersonatedBy, ...fields } = entry;
  // ElectroDB tells an absent attribute from one that is `undefined`.
  const item = AuditEntity.create({
    ...fields,
    entryId: id,
    month: monthOf(entry.timestamp),
    ...(requestId === undefined ? {} : { requestId }),
    ...(ip === undefined ? {} : { ip }),
    ...(userAgent === undefined ? {} : { userAgent }),
    ...(impersonatedBy === undefined ? {} : { impersonatedBy }),
  });
  try {
    await transact(scope, [put(scope, item, () => new AppError('already_exists', 'The entry is there.'))]);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'already_exists')) throw error;
  }
}

/** A place in the trail: the time and id of the last entry shown. */
export interface AuditPosition {
  readonly timestamp: string;
  readonly entryId: string;
}

/** Entries newest first, month by month back to `since` (ISO 8601), after `position`; at most `limit`. */
export async function entriesAfter(
  { organizationId, client, table }: OrganizationScope,
  {
    since,
    position,
    limit,
    now,
  }: { since: string; position: AuditPosition | undefined; limit: number; now: Date },
): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  let month = monthOf(position?.timestamp ?? now.toISOString());
  for (; entries.length < limit && month >= monthOf(since); month = monthBefore(month)) {
    const all = AuditEntity.query.primary({ organizationId, month });
    const query = position === undefined ? all : all.lt(position);
    const { data } = await query.go({
      client,
      table,
      limit: limit - entries.length,
      pages: 1,
      order: 'desc',
    });
    entries.push(
      ...data.map(({ entryId, ...entry }) => AuditEntry.parse({ ...entry, id: entryId, schemaVersion: 1 })),
    );
  }
  return entries;
}
