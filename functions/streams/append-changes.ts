import { appendEntries, type NewEntry, together } from '../../domain/audit/append-entries.ts';
import { KnownHeads } from '../../domain/audit/append-leaves.ts';
import { expiryOf, type KnownOrganizations, knownOrganizations } from '../../domain/audit/retention.ts';
import { departedIn } from '../../domain/departure/departed.ts';
import { OrganizationId } from '../../domain/ids.ts';
import { type ControlPlane, withinOrganization } from '../../domain/table/scope.ts';
import type { Change } from '../../events/change.ts';
import { mayPass } from './patience.ts';
import type { Care } from './read-batch.ts';

/** How many organizations' trails are written at once. */
const atOnce = 8;

/** A change that is to come again, and what it failed of. */
interface Failure {
  readonly change: Change;
  readonly error: unknown;
}
type Prepared = NewEntry & { readonly change: Change };

/**
 * Appends changes to the trails of their organizations: those of one organization in their order, as many in
 * one transaction as it takes. What can't be appended is told apart from what comes with it, and stops its
 * organization only.
 * @param appended is told of each change that is in its trail
 * @param grown is told of each organization whose trail has more entries now
 */
export function changesAppender(
  plane: ControlPlane,
  appended: (change: Change) => void,
  {
    organizations = knownOrganizations(plane, departedIn(plane)),
    grown,
  }: {
    readonly organizations?: KnownOrganizations;
    readonly grown?: (organizationId: OrganizationId) => Promise<void>;
  } = {},
) {
  const heads = new KnownHeads();

  /** Null for what comes of an organization whose data is deleted. */
  async function prepared(change: Change): Promise<Prepared | null> {
    const organizationId = OrganizationId.parse(change.organizationId);
    const days = await organizations.retention(organizationId, change);
    if (days === 'none') return null;
    return {
      change,
      entry: entryOf(organizationId, change),
      expiresAt: expiryOf(change.timestamp, days, new Date()),
    };
  }

  async function append(part: readonly Prepared[], { patience }: Care): Promise<void> {
    const [first] = part;
    if (first === undefined) return;
    const scope = withinOrganization(plane, first.entry.organizationId);
    await patience.until(() => appendEntries(scope, part, { heads }));
    for (const { change } of part) appended(change);
    await grown?.(first.entry.organizationId);
  }

  /**
   * Appends a part; one that can't be appended as a whole one by one, to find what is wrong with it. Answers
   * the first change that has to come again.
   */
  async function appendPart(part: readonly Prepared[], care: Care): Promise<Failure | null> {
    try {
      await append(part, care);
      return null;
    } catch (error) {
      const [first, second] = part;
      if (first !== undefined && (second === undefined || mayPass(error)))
        return await failure(first.change, error, care);
    }
    for (const one of part) {
      const failed = await appendPart([one], care);
      if (failed !== null) return failed;
    }
    return null;
  }

  async function appendOfOne(changes: readonly Change[], care: Care): Promise<Failure | null> {
    const entries: Prepared[] = [];
    let unprepared: Failure | null = null;
    for (const change of changes) {
      try {
        const one = await care.patience.until(() => prepared(change));
        if (one !== null) entries.push(one);
      } catch (error) {
        unprepared = await failure(change, error, care);
        if (unprepared !== null) break;
      }
    }
    for (const part of together(entries)) {
      const failed = await appendPart(part, care);
      if (failed !== null) return failed;
    }
    return unprepared;
  }

  return async (changes: readonly Change[], care: Care): Promise<ReadonlyMap<Change, unknown>> => {
    const failures = new Map<Change, unknown>();
    const work = Map.groupBy(changes, ({ organizationId }) => organizationId).values();
    const worker = async () => {
      for (const own of work) {
        const failed = await appendOfOne(own, care);
        if (failed !== null) failures.set(failed.change, failed.error);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    return failures;
  };
}

/** A change that failed, or null when it is put aside, because it always would. */
async function failure(change: Change, failed: unknown, { giveUp }: Care): Promise<Failure | null> {
  try {
    await giveUp(change, failed);
    return null;
  } catch (error) {
    return { change, error };
  }
}

/** The entry that tells of a change. */
function entryOf(organizationId: OrganizationId, change: Change): NewEntry['entry'] {
  const {
    by = 'unattributed',
    name: actorName,
    role = 'unknown',
    requestId,
    ip,
    userAgent,
    impersonatedBy,
    names,
    undoes,
    supportAccess,
  } = change.actor ?? {};
  return {
    id: change.entryId,
    organizationId,
    userId: by,
    actorName,
    role,
    action: change.action,
    resource: change.resource,
    details: { before: change.before, after: change.after, changed: change.changed },
    timestamp: change.timestamp,
    requestId,
    ip,
    userAgent,
    impersonatedBy,
    names,
    undoes,
    supportAccess,
    schemaVersion: 1,
  };
}
