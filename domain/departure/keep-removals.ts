import { systemActor } from '../actor.ts';
import { canonical } from '../audit/tree/canonical.ts';
import { closeOrganization } from '../organization/suspend-organization.ts';
import { find } from '../table/reads.ts';
import { platformScope, withinOrganization } from '../table/scope.ts';
import { transact, write } from '../table/transaction.ts';
import { adjust, change } from '../table/writes.ts';
import { queueAll } from '../user/unlink-outbox.ts';
import { DepartureItem } from './departure.noun.ts';
import type { Certificate, Departure } from './departure.schema.ts';
import { departuresAt } from './find-departure.ts';
import { RemovalItem } from './removal.noun.ts';
import {
  assertApproved,
  countAll,
  deleteAll,
  forgetRemoval,
  noteRemoval,
  type Removal,
  type RemovalTools,
  removalOf,
  removals,
  unlinkAll,
} from './remove-data.ts';

/** Dependencies of a run, besides those of deleting. */
export interface CertifyingTools extends RemovalTools {
  /** Signs a certificate, whose text the signer reads from the table itself. */
  readonly certify: (departing: Departure['organizationId']) => Promise<Omit<Certificate, 'text'>>;
}

/**
 * How long everything must have been empty: longer than a scheduled run that has read the organization,
 * than a request in flight, and than the audit writer caches an organization.
 */
const settleMs = 16 * 60_000;
const leaseMs = 16 * 60_000;
const dayMs = 86_400_000;

/** Days until copies expire, by location: the table's backups; the bus's archive, logs and failed records. */
const keptDays = { backups: 35, others: 90 } as const;

/** What remains of an organization, and why. */
const stays = [
  'its id, name and departure, the approval, and what the platform did to it, in the platform’s own log: evidence',
  'its signed audit checkpoints under Object Lock, and their hashes in the platform’s rounds: a size and a hash, no entry',
  'its share in the daily sums of all organizations, and its id in their lists of leaders: figures',
  'the ids of its people with the sign-in service’s times, so that late webhooks are told apart: no name, no address',
] as const;

const plusDays = (at: Date, days: number): string => new Date(at.getTime() + days * dayMs).toISOString();

/** A certificate's text: what was deleted, what remains, and when the last copies expire. */
function certificateText(departure: Departure, { deleted }: Removal, now: Date): string {
  const { organizationId, name, frozenAt, approvalId, deletionStartedAt } = departure;
  return canonical({
    'deletion-certificate': 1,
    ...{ organizationId, name, frozenAt, approvalId, deletionStartedAt },
    deletedAt: now.toISOString(),
    deleted,
    items: Object.values(deleted).reduce((sum, count) => sum + count, 0),
    remaining: 0,
    backupsEnd: plusDays(now, keptDays.backups),
    otherCopiesEnd: plusDays(now, keptDays.others),
    stays,
  });
}

async function certified(departure: Departure, removal: Removal, tools: CertifyingTools): Promise<void> {
  const { organizationId: departing } = departure;
  const platform = platformScope(tools.plane);
  const now = tools.clock();
  const text = removal.text ?? certificateText(departure, removal, now);
  if (removal.text === undefined) await noteRemoval(platform, removal, { text });
  const certificate = { text, ...(await tools.certify(departing)) };
  const ctx = { scope: platform, actor: systemActor('departures', `removal-${departing}`), now };
  await transact(platform, [
    change(
      ctx,
      DepartureItem,
      { departing },
      {
        action: 'departure.completed',
        set: { stage: 'deleted', deletedAt: now.toISOString(), certificate },
        where: ({ stage }, { eq }) => eq(stage, 'deleting'),
      },
    ),
  ]);
  await forgetRemoval(removal, tools);
}

/** Continues one deletion, wherever it is. */
async function goOn(departure: Departure, noted: Removal, tools: CertifyingTools): Promise<void> {
  const { plane, clock } = tools;
  const platform = platformScope(plane);
  const { organizationId } = departure;
  const scope = withinOrganization(plane, organizationId);
  // Before their items are deleted, since these contain who has to be unlinked.
  if (noted.next === 0) await queueAll({ scope, now: clock() });
  const isClosed = await closeOrganization(scope);
  const removal = isClosed ? { ...noted, deleted: { ...noted.deleted, organization: 1 } } : noted;
  if (await deleteAll(removal, tools)) return;
  if (!(await unlinkAll(organizationId, tools))) return;
  const now = clock();
  if ((await countAll(removal, tools)) > 0)
    return await noteRemoval(platform, removal, { next: 0, emptySince: null, text: null });
  const { emptySince } = removal;
  if (emptySince === undefined)
    return await noteRemoval(platform, removal, { emptySince: now.toISOString() });
  if (now.getTime() - Date.parse(emptySince) < settleMs) return;
  const { deleted } = await removalOf(organizationId, tools);
  await certified(departure, { ...removal, deleted }, tools);
}

async function keepRemoval(departure: Departure, tools: CertifyingTools): Promise<void> {
  const { plane, clock } = tools;
  const platform = platformScope(plane);
  await assertApproved(platform, departure);
  const removal = await removalOf(departure.organizationId, tools);
  const { departing } = removal;
  const now = clock().toISOString();
  const leasedUntil = new Date(clock().getTime() + leaseMs).toISOString();
  const lease = adjust(
    platform,
    RemovalItem,
    { departing },
    { set: { leasedUntil }, where: (item, { lt }) => lt(item.leasedUntil, now) },
  );
  if (!(await write(platform, lease))) return;
  try {
    await goOn(departure, removal, tools);
  } finally {
    // Nothing is stored about a finished deletion.
    await noteRemoval(platform, removal, { leasedUntil: '' });
  }
}

/** Forgets what a run left that was cut off after it had certified a deletion. */
async function forgetCertified(tools: CertifyingTools): Promise<void> {
  const platform = platformScope(tools.plane);
  for (const removal of await removals(platform)) {
    const departure = await find(platform, DepartureItem, { departing: removal.departing });
    if (departure?.stage === 'deleted') await forgetRemoval(removal, tools);
  }
}

/**
 * The scheduled run: continues all approved deletions while there is time. A failure doesn't affect the
 * others.
 */
export async function keepRemovals(
  tools: CertifyingTools,
): Promise<{ readonly failures: readonly unknown[] }> {
  const failures: unknown[] = [];
  for (const departure of await departuresAt(platformScope(tools.plane), 'deleting'))
    if (tools.clock() < tools.until)
      await keepRemoval(departure, tools).catch((error: unknown) => failures.push(error));
  await forgetCertified(tools).catch((error: unknown) => failures.push(error));
  return { failures };
}
