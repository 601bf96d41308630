import type { Context } from '../context.ts';
import { collided } from '../errors.ts';
import type { ActionOf } from '../table/item.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact, type Write } from '../table/transaction.ts';
import { adjust, change, check, erase, type New } from '../table/writes.ts';
import { type StoredSupportAccess, showSupportAccess } from './find-support-access.ts';
import { SupportAccessItem, SupportVisitItem } from './support-access.noun.ts';
import { supportAccessRefusals } from './support-access.refusals.ts';
import type { SupportAccess } from './support-access.schema.ts';

/** Minutes after a time, as ISO 8601 UTC. */
export const minutesAfter = (at: string | Date, minutes: number): string =>
  new Date(new Date(at).getTime() + minutes * 60_000).toISOString();

type Visited = Pick<StoredSupportAccess, 'operatorId' | 'supportAccessId'>;

const isOf =
  ({ supportAccessId }: Visited) =>
  (
    visit: { readonly supportAccessId: unknown },
    { eq }: { eq(one: unknown, other: unknown): string },
  ): string =>
    eq(visit.supportAccessId, supportAccessId);

/**
 * The write that changes what the super admin may do now. Refused if the support access has ended
 * meanwhile.
 */
export const changeVisit = (
  scope: OrganizationScope,
  visited: Visited,
  set: Partial<Pick<New<typeof SupportVisitItem>, 'mode' | 'state' | 'until'>> & {
    readonly viewingAs?: StoredSupportAccess['viewingAs'] | null;
  },
): Write =>
  adjust(
    scope,
    SupportVisitItem,
    { operatorId: visited.operatorId },
    { set, where: isOf(visited), refusal: supportAccessRefusals.support_access_not_open },
  );

/** The write that ends everything the super admin may do. Refused if it has ended already. */
export const endVisit = (scope: OrganizationScope, visited: Visited): Write =>
  erase(
    scope,
    SupportVisitItem,
    { operatorId: visited.operatorId },
    { where: isOf(visited), refusal: supportAccessRefusals.support_access_not_open },
  );

/** The condition of every write by a visiting super admin: the support access is open and allows it. */
export const whileOpen =
  (scope: OrganizationScope, visited: Visited): (() => Write) =>
  () => {
    const now = new Date().toISOString();
    return check(
      scope,
      SupportVisitItem,
      { operatorId: visited.operatorId },
      {
        where: (visit, { eq, gt, notExists }) =>
          [
            eq(visit.supportAccessId, visited.supportAccessId),
            eq(visit.state, 'open'),
            eq(visit.mode, 'change'),
            gt(visit.until, now),
            notExists(visit.viewingAs),
          ].join(' AND '),
        refusal: supportAccessRefusals.support_access_over,
      },
    );
  };

type Settings = Partial<
  Pick<
    StoredSupportAccess,
    'mode' | 'state' | 'from' | 'until' | 'grantedBy' | 'endedAt' | 'endedBy' | 'extensions' | 'shortenedAt'
  >
> & { readonly viewingAs?: StoredSupportAccess['viewingAs'] | null };

/** Changes a support access, as it was read, together with what its super admin may do now. */
export async function changeSupportAccess(
  ctx: Context,
  stored: StoredSupportAccess,
  {
    action,
    set,
    visit,
  }: {
    readonly action: ActionOf<typeof SupportAccessItem>;
    readonly set: Settings;
    readonly visit: Write;
  },
): Promise<SupportAccess> {
  const { supportAccessId, revision } = stored;
  await transact(ctx.scope, [
    change(ctx, SupportAccessItem, { supportAccessId }, { action, set, at: revision, refusal: collided }),
    visit,
  ]);
  const { viewingAs = stored.viewingAs, ...values } = set;
  const { viewingAs: _, ...before } = stored;
  const viewed = viewingAs === null || viewingAs === undefined ? {} : { viewingAs };
  const bookkeeping = { revision: revision + 1, updatedAt: ctx.now.toISOString() };
  return showSupportAccess({ ...before, ...values, ...viewed, ...bookkeeping }, ctx.now);
}
