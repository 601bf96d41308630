import { type ApprovalId, firstApprovalIdAt } from '../ids.ts';
import { entityOf, type Stored } from '../table/entity.ts';
import { placesOf } from '../table/query.ts';
import { consistently, find } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { ApprovalItem } from './approval.noun.ts';
import { approvalRefusals } from './approval.refusals.ts';
import { Approval } from './approval.schema.ts';

/** A stored request as the API shows it. */
export const showApproval = ({ approvalId, ...stored }: Omit<Stored<typeof ApprovalItem>, 'changed'>) =>
  Approval.parse({ ...stored, id: approvalId });

/** Reads a request (strongly consistent). Throws `not_found`. */
export async function requireRequest(platform: OrganizationScope, approvalId: ApprovalId): Promise<Approval> {
  const stored = await find(platform, ApprovalItem, { approvalId });
  if (stored === null) throw approvalRefusals.approval_not_found();
  return showApproval(stored);
}

/** Whether a request can still be approved or carried out. */
export const isOpen = ({ status, openUntil }: Pick<Approval, 'status' | 'openUntil'>, now: Date): boolean =>
  (status === 'waiting' || status === 'approved') && now.toISOString() < openUntil;

/** An overdue request reads as expired, even before the schedule has closed it. */
export const asOf = (approval: Approval, now: Date): Approval =>
  isOpen(approval, now) || (approval.status !== 'waiting' && approval.status !== 'approved')
    ? approval
    : { ...approval, status: 'expired' };

/** Longer than any request stays open or unfinished. */
const reachMs = 16 * 86_400_000;

/** The requests of the last two weeks (strongly consistent), newest first; includes every open one. */
export async function recentRequests(platform: OrganizationScope, now: Date): Promise<Approval[]> {
  const { organizationId } = platform;
  const { data } = await entityOf(ApprovalItem)
    .query.primary({ organizationId })
    .gte({ approvalId: firstApprovalIdAt(new Date(now.getTime() - reachMs)) })
    .go({ ...consistently(platform), order: 'desc', pages: 'all' });
  return data.map(showApproval);
}

/** Open requests, newest first. */
export const openRequests = async (platform: OrganizationScope, now: Date): Promise<Approval[]> =>
  (await recentRequests(platform, now)).filter((one) => isOpen(one, now));

/** Requests before `position` (an id), newest first. */
export async function requestsAfter(
  { organizationId, client, table }: OrganizationScope,
  position: ApprovalId | undefined,
  { limit, ended, now }: { readonly limit: number; readonly ended: boolean; readonly now: Date },
): Promise<Approval[]> {
  const entity = entityOf(ApprovalItem);
  const { primary } = placesOf(entity).byAccessPattern;
  const found: Approval[] = [];
  let cursor =
    position === undefined ? null : primary.fromComposite.toCursor({ organizationId, approvalId: position });
  do {
    const page: { data: Stored<typeof ApprovalItem>[]; cursor: string | null } = await entity.query
      .primary({ organizationId })
      .go({ client, table, limit: 100, pages: 1, order: 'desc', cursor });
    const shown = page.data.map((item) => asOf(showApproval(item), now));
    found.push(...shown.filter((one) => !(ended && isOpen(one, now))));
    cursor = page.cursor;
  } while (cursor !== null && found.length < limit);
  return found.slice(0, limit);
}
