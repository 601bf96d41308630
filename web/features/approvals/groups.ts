import type { Approval } from '../../../domain/approval/approval.schema.ts';

/** Whether this user may approve a request. */
export const waitsFor = ({ status, requestedBy }: Approval, userId: string): boolean =>
  status === 'waiting' && requestedBy.userId !== userId;

/** Whether the requester is the only super admin, so that a waiting period replaces the second approval. */
export const isAlone = ({ waitsUntil, approvedBy }: Approval): boolean =>
  waitsUntil !== undefined && approvedBy === undefined;

/** Whether the requester may carry it out now. */
export const isReady = (approval: Approval, now: Date): boolean => {
  const { status, waitsUntil } = approval;
  if (status === 'approved') return true;
  return status === 'waiting' && waitsUntil !== undefined && waitsUntil <= now.toISOString();
};
