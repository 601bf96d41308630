import type { Context } from '../context.ts';
import { collided } from '../errors.ts';
import type { UserId } from '../ids.ts';
import { find } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact } from '../table/transaction.ts';
import { change, create, fresh } from '../table/writes.ts';
import { PersonExportItem, PersonProgressItem } from './person-data.noun.ts';
import { personDataRefusals } from './person-data.refusals.ts';
import { PersonExport } from './person-data.schema.ts';

/** The minimum time between exports: each reads the whole organization. */
const restMs = 86_400_000;

async function read(scope: OrganizationScope, userId: UserId) {
  const [stored, progress] = await Promise.all([
    find(scope, PersonExportItem, { userId }),
    find(scope, PersonProgressItem, { userId }),
  ]);
  if (stored === null) throw personDataRefusals.no_person_export();
  const isBegun = stored.status !== 'waiting';
  return { stored, items: stored.items ?? (isBegun ? (progress?.items ?? 0) : 0) };
}

/** The state of a person's export. Throws `not_found`. */
export async function requirePersonExport(
  scope: OrganizationScope,
  userId: UserId,
  now: Date,
): Promise<PersonExport> {
  const { stored, items } = await read(scope, userId);
  const isOver = stored.status === 'ready' && (stored.availableUntil ?? '') <= now.toISOString();
  return PersonExport.parse({ ...stored, items, status: isOver ? 'expired' : stored.status });
}

/** The object with the export, while it can be downloaded. Throws `not_found`. */
export async function personExportObject(
  scope: OrganizationScope,
  userId: UserId,
  now: Date,
): Promise<string> {
  const { stored } = await read(scope, userId);
  const { status, availableUntil = '', objectKey } = stored;
  if (status !== 'ready' || objectKey === undefined || availableUntil <= now.toISOString())
    throw personDataRefusals.no_person_export();
  return objectKey;
}

/**
 * Requests an export of what the organization stores about a person, who may have left it. Returns the one
 * in progress, if any. Throws `conflict` if one is less than a day old.
 */
export async function requestPersonExport(ctx: Context, userId: UserId): Promise<PersonExport> {
  const { scope, now } = ctx;
  const known = await find(scope, PersonExportItem, { userId });
  const isUnderWay = known?.status === 'waiting' || known?.status === 'running';
  if (known !== null && !isUnderWay && now.getTime() - Date.parse(known.requestedAt) < restMs)
    throw personDataRefusals.person_export_of_today();
  const values = { status: 'waiting', requestedAt: now.toISOString() } as const;
  const anew = { startedAt: null, items: null, bytes: null, completedAt: null, objectKey: null } as const;
  const action = 'person-export.requested';
  if (!isUnderWay)
    await transact(scope, [
      known === null
        ? create(
            scope,
            PersonExportItem,
            fresh(ctx, PersonExportItem, { userId, ...values }, action),
            collided,
          )
        : change(
            ctx,
            PersonExportItem,
            { userId },
            {
              ...{ action, set: { ...values, ...anew, availableUntil: null } },
              ...{ at: known.revision, refusal: collided },
            },
          ),
    ]);
  return await requirePersonExport(scope, userId, now);
}
