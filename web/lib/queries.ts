import { hashKey, MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import type { OrganizationId } from '../../domain/ids.ts';
import { ApiError } from './api-error.ts';

/** Query key of the signed-in user. */
export const meKey = ['me'] as const;

/** Query key of audit logs: every change adds to them. */
export const trailsKey = ['audit'] as const;

// Query keys of what several features read. Each begins the keys of all queries about these items, so that
// a change can invalidate them together.
export const organizationsKey = ['organizations'] as const;
/** An organization's users and invitations. */
export const peopleKey = (organizationId: OrganizationId) => ['people', organizationId] as const;
export const teamsKey = (organizationId: OrganizationId) => ['teams', organizationId] as const;
export const kpisKey = (organizationId: OrganizationId) => ['kpis', organizationId] as const;
export const initiativesKey = (organizationId: OrganizationId) => ['initiatives', organizationId] as const;

const mostRetries = 2;

/** A refusal is final; only requests that failed or got no response are retried. */
const worthRetrying = (failures: number, error: Error) =>
  failures < mostRetries && (!(error instanceof ApiError) || error.status >= 500);

const isStatus = (error: Error, ...statuses: readonly number[]) =>
  error instanceof ApiError && statuses.includes(error.status);

/** Creates the query cache, with the rules for refetching. */
export function createQueries(): QueryClient {
  const readRightsAnew = (error: Error) => {
    // The user's rights have changed since they were loaded, so what the menus offer is out of date.
    if (isStatus(error, 403)) void queries.invalidateQueries({ queryKey: meKey }, { cancelRefetch: false });
  };
  const queries: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        // Data that the user may no longer see, or that was deleted, must not be shown from the cache.
        if (isStatus(error, 403, 404)) query.setState({ ...query.state, data: undefined });
        if (query.queryHash !== hashKey(meKey)) readRightsAnew(error);
      },
    }),
    mutationCache: new MutationCache({
      onError: readRightsAnew,
      onSuccess: () => void queries.invalidateQueries({ queryKey: trailsKey }),
    }),
    // While offline, queries and mutations fail immediately instead of waiting; queries that failed run
    // again once the connection is back.
    defaultOptions: {
      queries: {
        retry: worthRetrying,
        staleTime: 5000,
        networkMode: 'always',
        refetchOnReconnect: ({ state }) => (state.status === 'error' ? 'always' : true),
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
  return queries;
}
