import type { Actor } from '../actor.ts';
import type { Context } from '../context.ts';
import { type SupportAccessId, UserId } from '../ids.ts';
import { entityOf, type Stored } from '../table/entity.ts';
import { placesOf } from '../table/query.ts';
import { consistently, find } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { SupportAccessItem, SupportVisitItem } from './support-access.noun.ts';
import { supportAccessRefusals } from './support-access.refusals.ts';
import { SupportAccess, type SupportState } from './support-access.schema.ts';

export type StoredSupportAccess = Stored<typeof SupportAccessItem>;
export type SupportVisit = Stored<typeof SupportVisitItem>;

/** How long a request waits for an admin of the organization. */
export const waitingMs = 24 * 3_600_000;

const isBefore = (at: string | undefined, now: Date): boolean =>
  at !== undefined && now.getTime() < Date.parse(at);

/** The current state of a support access: it ends at `until`. */
export function stateOf({ state, until, createdAt }: StoredSupportAccess, now: Date): SupportState {
  if (state === 'open') return isBefore(until, now) ? 'open' : 'expired';
  if (state === 'requested')
    return now.getTime() < Date.parse(createdAt) + waitingMs ? 'requested' : 'lapsed';
  return state;
}

/** A stored support access as the API shows it. */
export const showSupportAccess = (stored: StoredSupportAccess, now: Date): SupportAccess =>
  SupportAccess.parse({
    ...stored,
    id: stored.supportAccessId,
    operator: { id: stored.operatorId, name: stored.operatorName },
    state: stateOf(stored, now),
    extensions: stored.extensions ?? [],
  });

/** Reads a support access of the scope's organization. Throws `not_found`. */
export async function requireSupportAccess(
  scope: OrganizationScope,
  supportAccessId: SupportAccessId,
): Promise<StoredSupportAccess> {
  const stored = await find(scope, SupportAccessItem, { supportAccessId });
  if (stored === null) throw supportAccessRefusals.support_access_not_found();
  return stored;
}

/** Reads the actor's own support access. Throws `not_found`, and `forbidden` for another's. */
export async function requireOwn(
  scope: OrganizationScope,
  supportAccessId: SupportAccessId,
  { by }: Pick<Actor, 'by'>,
): Promise<StoredSupportAccess> {
  const stored = await requireSupportAccess(scope, supportAccessId);
  if (stored.operatorId !== by) throw supportAccessRefusals.support_access_of_another();
  return stored;
}

/** What a super admin may currently do in the scope's organization; null if nothing is open or requested. */
export async function findVisit(
  scope: OrganizationScope,
  operatorId: UserId,
  now: Date,
): Promise<SupportVisit | null> {
  const visit = await find(scope, SupportVisitItem, { operatorId });
  return visit !== null && isBefore(visit.until, now) ? visit : null;
}

/** The actor's own support access that is open or requested; null if none. */
export async function findCurrent({ scope, actor, now }: Context): Promise<SupportAccess | null> {
  const operatorId = UserId.safeParse(actor.by);
  const visit = operatorId.success ? await findVisit(scope, operatorId.data, now) : null;
  if (visit === null) return null;
  return showSupportAccess(await requireSupportAccess(scope, visit.supportAccessId), now);
}

const placeOf = placesOf(entityOf(SupportAccessItem)).byAccessPattern.primary.fromComposite.toCursor;

/** Support accesses of the organization after a position, newest first; at most `limit`. */
export async function supportAccessesAfter(
  scope: OrganizationScope,
  position: SupportAccessId | undefined,
  limit: number,
): Promise<StoredSupportAccess[]> {
  const { organizationId } = scope;
  const cursor = position === undefined ? null : placeOf({ organizationId, supportAccessId: position });
  const { data } = await entityOf(SupportAccessItem)
    .query.primary({ organizationId })
    .go({ ...consistently(scope), limit, pages: 1, order: 'desc', cursor });
  return data;
}
