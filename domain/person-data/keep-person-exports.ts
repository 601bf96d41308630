import { ulid } from 'ulid';
import { systemActor } from '../actor.ts';
import { exportKeptDays } from '../departure/data-export.schema.ts';
import type { ExportTools } from '../departure/keep-exports.ts';
import type { OrganizationId, UserId } from '../ids.ts';
import { dueList } from '../table/due-list.ts';
import type { Stored } from '../table/entity.ts';
import { find, findAll } from '../table/reads.ts';
import {
  type ControlPlane,
  type OrganizationScope,
  platformScope,
  withinOrganization,
} from '../table/scope.ts';
import { transact, write } from '../table/transaction.ts';
import { change, replace } from '../table/writes.ts';
import { exportPerson } from './export-person.ts';
import { PersonDataDueItem, PersonExportItem, PersonProgressItem } from './person-data.noun.ts';

type Tools = Omit<ExportTools, 'checkpoint'>;
type Running = Stored<typeof PersonExportItem>;

/** Longer than a run takes. */
const leaseMs = 16 * 60_000;

/** Records that an organization has a person's data to export. */
export const notePersonData = async (plane: ControlPlane, organizationId: OrganizationId, now: Date) => {
  await dueList(platformScope(plane), PersonDataDueItem).put(organizationId, now);
};

async function exportsIn(scope: OrganizationScope): Promise<readonly Running[]> {
  return (await findAll(scope, PersonExportItem)).filter(({ status }) => status !== 'ready');
}

/** Takes the lease of an export, unless another run has it. */
const takeLease = (scope: OrganizationScope, userId: UserId, now: Date): Promise<boolean> => {
  const leasedUntil = new Date(now.getTime() + leaseMs).toISOString();
  return write(
    scope,
    replace(
      scope,
      PersonProgressItem,
      { userId, leasedUntil, items: 0 },
      {
        where: (item, { lt, notExists }) =>
          `${notExists(item.leasedUntil)} OR ${lt(item.leasedUntil, now.toISOString())}`,
      },
    ),
  );
};

const noteProgress = async (scope: OrganizationScope, userId: UserId, items: number, leasedUntil: string) => {
  await write(scope, replace(scope, PersonProgressItem, { userId, leasedUntil, items }));
};

/** Continues one export. Returns whether it is finished. */
async function keepOne(scope: OrganizationScope, { userId }: Running, tools: Tools): Promise<boolean> {
  const { store, clock, until } = tools;
  if (!(await takeLease(scope, userId, clock()))) return false;
  const leasedUntil = new Date(clock().getTime() + leaseMs).toISOString();
  const ctx = () => ({ scope, actor: systemActor('exports', `person-${userId}`), now: clock() });
  try {
    const running = await begun(ctx(), userId);
    if (running?.objectKey === undefined) return true;
    const progress = (items: number) => noteProgress(scope, userId, items, leasedUntil);
    const of = { scope, userId, objectKey: running.objectKey, store, clock, until, progress };
    const done = await exportPerson(of).catch(async (error: unknown) => {
      // An earlier run assembled the object but ended before it could record that; another one is made.
      if (!(error instanceof Error && error.name === 'NoSuchUpload')) throw error;
      const anew = { set: { status: 'waiting', objectKey: null } as const, at: running.revision };
      await transact(scope, [
        change(ctx(), PersonExportItem, { userId }, { secondaryTo: 'person-export.requested', ...anew }),
      ]);
      return null;
    });
    if (done === null) return false;
    const now = clock();
    const availableUntil = new Date(now.getTime() + exportKeptDays * 86_400_000).toISOString();
    const set = { status: 'ready', completedAt: now.toISOString(), availableUntil, ...done } as const;
    const ready = { action: 'person-export.completed', set, at: running.revision } as const;
    await transact(scope, [change(ctx(), PersonExportItem, { userId }, ready)]);
    return true;
  } finally {
    await noteProgress(scope, userId, (await find(scope, PersonProgressItem, { userId }))?.items ?? 0, '');
  }
}

/** Starts an export unless it is already running; null if it is finished. */
async function begun(ctx: Parameters<typeof change>[0], userId: UserId): Promise<Running | null> {
  const { scope, now } = ctx;
  const stored = await find(scope, PersonExportItem, { userId });
  if (stored?.status !== 'waiting') return stored?.status === 'running' ? stored : null;
  const objectKey = `${scope.organizationId}/${ulid(now.getTime())}.zip`;
  const set = { status: 'running', startedAt: now.toISOString(), objectKey } as const;
  const running = { secondaryTo: 'person-export.requested', set, at: stored.revision };
  await transact(scope, [change(ctx, PersonExportItem, { userId }, running)]);
  return await find(scope, PersonExportItem, { userId });
}

/**
 * The exports of one organization that a run continues. Each reads all of the organization's data, and an
 * admin may request any number: other organizations' exports don't wait for them.
 */
const mostAtOnce = 5;

const byRequest = (one: Running, other: Running): number => (one.requestedAt < other.requestedAt ? -1 : 1);

/** Continues the exports of one organization, oldest first. Returns whether all are finished. */
async function keepIn(organizationId: OrganizationId, tools: Tools): Promise<boolean> {
  const scope = withinOrganization(tools.plane, organizationId);
  const waiting = (await exportsIn(scope)).toSorted(byRequest);
  let isAll = waiting.length <= mostAtOnce;
  for (const one of waiting.slice(0, mostAtOnce))
    isAll = tools.clock() < tools.until && (await keepOne(scope, one, tools)) && isAll;
  return isAll;
}

/**
 * The scheduled run: continues exports of personal data in all organizations that have any, while time
 * remains. A failing one doesn't block the others.
 */
export const keepPersonExports = (tools: Tools): Promise<{ readonly failures: readonly unknown[] }> =>
  dueList(platformScope(tools.plane), PersonDataDueItem).keepAll(tools, (id) => keepIn(id, tools));
