import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
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
