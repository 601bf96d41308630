import { hashKey, MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error.ts';

/** What is read of who is signed in. */
export const meKey = ['me'] as const;

/** What is read of audit trails: every change adds to them. */
export const trailsKey = ['audit'] as const;

const mostRetries = 2;

/** A refusal stays one however often it is asked; only what never answered, or broke, is asked again. */
const worthRetrying = (failures: number, error: Error) =>
  failures < mostRetries && (!(error instanceof ApiError) || error.status >= 500);

const isStatus = (error: Error, ...statuses: readonly number[]) =>
  error instanceof ApiError && statuses.includes(error.status);

/** What has been read of the API, and when it is read anew. */
export function createQueries(): QueryClient {
  const readRightsAnew = (error: Error) => {
    // Somebody may do less than their menus say: what they may do has changed since it was read.
    if (isStatus(error, 403)) void queries.invalidateQueries({ queryKey: meKey }, { cancelRefetch: false });
  };
  const queries: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        // What one may see no more, or what is gone, isn't shown from memory.
        if (isStatus(error, 403, 404)) query.setState({ ...query.state, data: undefined });
        if (query.queryHash !== hashKey(meKey)) readRightsAnew(error);
      },
    }),
    mutationCache: new MutationCache({
      onError: readRightsAnew,
      onSuccess: () => void queries.invalidateQueries({ queryKey: trailsKey }),
    }),
    // Without a connection nothing is held back until there is one: what can't be read or changed now is said
    // to be so. What could not be read is, when it is back.
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
