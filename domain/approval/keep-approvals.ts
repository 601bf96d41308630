import { systemActor } from '../actor.ts';
import { AppError } from '../errors.ts';
import { platformScope } from '../table/scope.ts';
import type { Approval } from './approval.schema.ts';
import { endRequest } from './decide-request.ts';
import { isOpen, recentRequests } from './find-approval.ts';
import { type Making, makeSuperAdmin } from './make-super-admin.ts';

/** What a run did, and the failures that the next run retries. */
interface Kept {
  readonly expired: number;
  readonly carriedOut: number;
  readonly failures: readonly unknown[];
}

const isUnfinished = ({ kind, status, progress }: Approval): boolean =>
  kind === 'super-admin.create' && (status === 'waiting' || status === 'approved' || progress === 'linking');

/** Not approved yet, or being changed at this moment: not a failure. */
const isLater = (error: unknown): boolean =>
  error instanceof AppError && (error.code === 'approval_required' || error.code === 'conflict');

/**
 * The scheduled run over all open requests: closes overdue ones, and continues approved ones, or those
 * whose waiting period is over, that this function carries out itself.
 */
export async function keepApprovals(making: Making, now: Date): Promise<Kept> {
  const scope = platformScope(making.plane);
  const failures: unknown[] = [];
  let [expired, carriedOut] = [0, 0];
  for (const approval of await recentRequests(scope, now)) {
    const { id, status } = approval;
    try {
      if ((status === 'waiting' || status === 'approved') && !isOpen(approval, now)) {
        await endRequest({ scope, actor: systemActor('approvals', id), now }, approval, 'expired', undefined);
        expired += 1;
      } else if (isUnfinished(approval)) {
        const { status: reached } = await makeSuperAdmin(making, id, now);
        carriedOut += reached === 'carried_out' ? 1 : 0;
      }
    } catch (error) {
      if (!isLater(error)) failures.push(error);
    }
  }
  return { expired, carriedOut, failures };
}
