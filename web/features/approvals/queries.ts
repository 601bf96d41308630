import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Approval } from '../../../domain/approval/approval.schema.ts';
import { approvalRoutes } from '../../../functions/http/approval/routes.ts';
import { paging } from '../../components/query-view.tsx';
import type { CallApi } from '../../lib/api.ts';

export const approvalsKey = ['approvals'] as const;

/** Open requests. */
export const openQuery = (api: CallApi) =>
  queryOptions({
    queryKey: [...approvalsKey, 'open'],
    queryFn: ({ signal }) => api(approvalRoutes.listApprovals, { query: { state: 'open' }, signal }),
  });

/** Closed requests, newest first. */
export const endedQuery = (api: CallApi) =>
  infiniteQueryOptions({
    ...paging,
    queryKey: [...approvalsKey, 'ended'],
    queryFn: ({ pageParam: cursor, signal }) =>
      api(approvalRoutes.listApprovals, { query: { state: 'ended', limit: 25, cursor }, signal }),
  });

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
