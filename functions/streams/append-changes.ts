import { appendEntries, type NewEntry, together } from '../../domain/audit/append-entries.ts';
import { KnownHeads } from '../../domain/audit/append-leaves.ts';
import { expiryOf, type KnownOrganizations, knownOrganizations } from '../../domain/audit/retention.ts';
import { departedIn } from '../../domain/departure/departed.ts';
import { OrganizationId } from '../../domain/ids.ts';
import { type ControlPlane, withinOrganization } from '../../domain/table/scope.ts';
import type { Change } from '../../events/change.ts';
import { mayPass } from './patience.ts';
import type { Care } from './read-batch.ts';

/** How many organizations' audit logs are written in parallel. */
const atOnce = 8;

/** A change that has to be delivered again, and the error. */
interface Failure {
  readonly change: Change;
  readonly error: unknown;
}
type Prepared = NewEntry & { readonly change: Change };

/**
 * Appends changes to the audit logs of their organizations: in order within each organization, with as many
 * per transaction as fit. A change that can't be appended is isolated from the others and only blocks its
 * own organization.
 * @param appended called for each change that has been appended
 * @param grown called for each organization whose audit log has grown
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

  /** Null for changes caused by deleting an organization's data. */
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
   * Appends a batch; if that fails as a whole, one by one, to find the failing change. Returns the first
   * change that has to be delivered again.
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

/** The failed change, or null if it was set aside because it could never succeed. */
async function failure(change: Change, failed: unknown, { giveUp }: Care): Promise<Failure | null> {
  try {
    await giveUp(change, failed);
    return null;
  } catch (error) {
    return { change, error };
  }
}

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
