import type { Context } from '../context.ts';
import { requireOrganization } from '../organization/find-organization.ts';
import { find } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact } from '../table/transaction.ts';
import { change } from '../table/writes.ts';
import { DataExport } from './data-export.schema.ts';
import { DataExportItem, ExportProgressItem } from './departure.noun.ts';
import { departureRefusals } from './departure.refusals.ts';

async function read(scope: OrganizationScope) {
  const [stored, progress] = await Promise.all([
    find(scope, DataExportItem, {}),
    find(scope, ExportProgressItem, {}),
  ]);
  if (stored === null) throw departureRefusals.no_export();
  return { stored, items: stored.items ?? progress?.items ?? 0 };
}

/** The progress of a leaving organization's export. Throws `not_found`. */
export async function requireExport(scope: OrganizationScope, now: Date): Promise<DataExport> {
  const { stored, items } = await read(scope);
  const isOver = stored.status === 'ready' && (stored.availableUntil ?? '') <= now.toISOString();
  return DataExport.parse({ ...stored, items, status: isOver ? 'expired' : stored.status });
}

/** The object of an export, while it can be downloaded. Throws `not_found`. */
export async function exportObject(scope: OrganizationScope, now: Date): Promise<string> {
  const { stored } = await read(scope);
  const { status, availableUntil = '', objectKey } = stored;
  if (status !== 'ready' || objectKey === undefined || availableUntil <= now.toISOString())
    throw departureRefusals.no_export();
  return objectKey;
}

/**
 * Requests another export after one has expired or failed, while the organization is frozen. Throws
 * `not_found` and `conflict`.
 */
export async function requestExport(ctx: Context): Promise<DataExport> {
  const { scope, now } = ctx;
  const [{ status, revision }, { frozenAt }] = await Promise.all([
    requireExport(scope, now),
    requireOrganization(scope),
  ]);
  if (frozenAt === undefined) throw departureRefusals.no_export();
  if (status !== 'expired' && status !== 'failed') throw departureRefusals.export_under_way();
  const startsAt = now.toISOString();
  const anew = { status: 'waiting', startsAt, items: null, bytes: null, completedAt: null } as const;
  await transact(scope, [
    change(
      ctx,
      DataExportItem,
      {},
      {
        action: 'data-export.requested',
        set: { ...anew, objectKey: null, availableUntil: null, attempts: 0 },
        at: revision,
        refusal: departureRefusals.export_under_way,
      },
    ),
  ]);
  return await requireExport(scope, now);
}
