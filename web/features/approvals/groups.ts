import type { Approval } from '../../../domain/approval/approval.schema.ts';

/** Whether somebody may approve a request. */
export const waitsFor = ({ status, requestedBy }: Approval, userId: string): boolean =>
  status === 'waiting' && requestedBy.userId !== userId;

/** Whether its requester is the only super admin, and waits in place of a second one's approval. */
export const isAlone = ({ waitsUntil, approvedBy }: Approval): boolean =>
  waitsUntil !== undefined && approvedBy === undefined;

/** Whether its requester may carry it out now. */
export const isReady = (approval: Approval, now: Date): boolean => {
  const { status, waitsUntil } = approval;
  if (status === 'approved') return true;
  return status === 'waiting' && waitsUntil !== undefined && waitsUntil <= now.toISOString();
};
