import { ulid } from 'ulid';
import { systemActor } from '../actor.ts';
import { actionsSince } from '../audit/read-actions.ts';
import { findTree } from '../audit/tree-head.ts';
import type { Context } from '../context.ts';
import type { OrganizationId } from '../ids.ts';
import type { Stored } from '../table/entity.ts';
import { find } from '../table/reads.ts';
import {
  type ControlPlane,
  type OrganizationScope,
  platformScope,
  withinOrganization,
} from '../table/scope.ts';
import { transact, write } from '../table/transaction.ts';
import { change, create, fresh, replace } from '../table/writes.ts';
import type { ExportStore } from './archive.ts';
import { exportKeptDays } from './data-export.schema.ts';
import { DataExportItem, ExportProgressItem } from './departure.noun.ts';
import type { Departure } from './departure.schema.ts';
import { exportOrganization } from './export-organization.ts';
import { departuresAt } from './find-departure.ts';

/** Dependencies of exporting. */
export interface ExportTools {
  readonly plane: ControlPlane;
  readonly store: ExportStore;
  /** Seals and signs the audit log; returns the number of its entries. */
  readonly checkpoint: (organizationId: OrganizationId) => Promise<number>;
  readonly clock: () => Date;
  /** When to stop and leave the rest to the next run. */
  readonly until: Date;
}

type StoredExport = Stored<typeof DataExportItem>;

/**
 * Requests in flight at the freeze have ended by then: the functions that serve them time out after ten
 * seconds.
 */
const settleMs = 60_000;
/** Longer than a run lasts. */
const leaseMs = 16 * 60_000;
/** How often an export restarts because data has changed. */
const mostAttempts = 3;

/** Actions that may happen while an organization is leaving, since they change nothing that is exported. */
const harmless =
  /^(?:session|access|support-access|data-export|person-export|audit|departure|api-key|webhook)\.|^organization\.(?:frozen|deactivated|reactivated)$/;

/** Takes the lease of an export, unless another run has it. */
const takeLease = (scope: OrganizationScope, now: Date): Promise<boolean> => {
  const leasedUntil = new Date(now.getTime() + leaseMs).toISOString();
  return write(
    scope,
    replace(
      scope,
      ExportProgressItem,
      { leasedUntil, items: 0 },
      {
        where: (item, { lt, notExists }) =>
          `${notExists(item.leasedUntil)} OR ${lt(item.leasedUntil, now.toISOString())}`,
      },
    ),
  );
};

const noteProgress = async (scope: OrganizationScope, items: number, leasedUntil: string): Promise<void> => {
  await write(scope, replace(scope, ExportProgressItem, { leasedUntil, items }));
};

/** The export belonging to a freeze. */
async function exportOf(ctx: Context, { frozenAt }: Pick<Departure, 'frozenAt'>): Promise<StoredExport> {
  const known = await find(ctx.scope, DataExportItem, {});
  if (known?.frozenAt === frozenAt) return known;
  const startsAt = new Date(Date.parse(frozenAt) + settleMs).toISOString();
  const values = { status: 'waiting', frozenAt, startsAt, attempts: 0 } as const;
  const anew = {
    items: null,
    bytes: null,
    completedAt: null,
    objectKey: null,
    availableUntil: null,
  } as const;
  await transact(ctx.scope, [
    known === null
      ? create(ctx.scope, DataExportItem, fresh(ctx, DataExportItem, values, 'data-export.requested'))
      : change(
          ctx,
          DataExportItem,
          {},
          { action: 'data-export.requested', set: { ...values, ...anew }, at: known.revision },
        ),
  ]);
  return await exportOf(ctx, { frozenAt });
}

/** Starts an export; null if the audit log doesn't contain the freeze yet. */
async function begun(ctx: Context, stored: StoredExport, tools: ExportTools): Promise<StoredExport | null> {
  const { scope, now } = ctx;
  if (stored.status === 'running') return stored;
  if (stored.startsAt > now.toISOString()) return null;
  if (!(await actionsSince(scope, stored.frozenAt.slice(0, 16), now)).includes('organization.frozen'))
    return null;
  const { head } = await findTree(scope);
  if ((await tools.checkpoint(scope.organizationId)) < head.frontier.size) return null;
  const set = {
    status: 'running',
    startedAt: now.toISOString(),
    objectKey: `${scope.organizationId}/${ulid(now.getTime())}.zip`,
  } as const;
  const running = { secondaryTo: 'data-export.requested', set, at: stored.revision };
  await transact(scope, [change(ctx, DataExportItem, {}, running)]);
  return await find(scope, DataExportItem, {});
}

/** Finishes an export; if data has changed meanwhile, it restarts, and finally fails. */
async function ended(
  ctx: Context,
  stored: StoredExport,
  done: { items: number; bytes: number },
): Promise<void> {
  const { scope, now } = ctx;
  const at = { at: stored.revision };
  const since = await actionsSince(scope, stored.startedAt ?? '', now);
  if (since.every((action) => harmless.test(action))) {
    const availableUntil = new Date(now.getTime() + exportKeptDays * 86_400_000).toISOString();
    const set = { status: 'ready', completedAt: now.toISOString(), availableUntil, ...done } as const;
    await transact(scope, [change(ctx, DataExportItem, {}, { action: 'data-export.completed', set, ...at })]);
    return;
  }
  await again(ctx, stored);
}

async function again(ctx: Context, { attempts, revision }: StoredExport): Promise<void> {
  const more = { attempts: attempts + 1, objectKey: null, startedAt: null };
  const failed = { action: 'data-export.failed', set: { status: 'failed', ...more } } as const;
  const anew = { secondaryTo: 'data-export.requested', set: { status: 'waiting', ...more } } as const;
  const next = attempts + 1 >= mostAttempts ? failed : anew;
  await transact(ctx.scope, [change(ctx, DataExportItem, {}, { ...next, at: revision })]);
}

/** Continues the export of one leaving organization. */
async function keepExport(departure: Departure, tools: ExportTools): Promise<void> {
  const { organizationId } = departure;
  const { plane, store, clock, until } = tools;
  const scope = withinOrganization(plane, organizationId);
  const ctx = () => ({ scope, actor: systemActor('departures', `export-${organizationId}`), now: clock() });
  const stored = await exportOf(ctx(), departure);
  if (stored.status !== 'waiting' && stored.status !== 'running') return;
  if (stored.startsAt > clock().toISOString() || !(await takeLease(scope, clock()))) return;
  const leasedUntil = new Date(clock().getTime() + leaseMs).toISOString();
  try {
    const running = await begun(ctx(), stored, tools);
    if (running?.objectKey === undefined) return;
    const progress = (items: number) => noteProgress(scope, items, leasedUntil);
    const of = { scope, departure, objectKey: running.objectKey, store, clock, until, progress };
    const done = await exportOrganization(of).catch(async (error: unknown) => {
      // A run that ended before saving this has completed the object already.
      if (!(error instanceof Error && error.name === 'NoSuchUpload')) throw error;
      await again(ctx(), running);
      return null;
    });
    if (done !== null) await ended(ctx(), running, done);
  } finally {
    const items = (await find(scope, ExportProgressItem, {}))?.items ?? 0;
    await noteProgress(scope, items, '');
  }
}

/**
 * The scheduled run: continues the exports of all leaving organizations while there is time. A failure
 * doesn't affect the others.
 */
export async function keepExports(tools: ExportTools): Promise<{ readonly failures: readonly unknown[] }> {
  const failures: unknown[] = [];
  for (const departure of await departuresAt(platformScope(tools.plane), 'grace'))
    if (tools.clock() < tools.until)
      await keepExport(departure, tools).catch((error: unknown) => failures.push(error));
  return { failures };
}
