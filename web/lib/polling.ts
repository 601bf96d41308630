import { onlineManager, useQueryClient } from '@tanstack/react-query';
import { useRef, useSyncExternalStore } from 'react';
import { ApiError } from './api-error.ts';

const soonMilliseconds = 5000;
const mostQuietMilliseconds = 30_000;
const mostFailingMilliseconds = 60_000;

/** The state of a polled query. */
interface Polled {
  readonly data?: unknown;
  readonly dataUpdatedAt: number;
  readonly error: Error | null;
  readonly errorUpdatedAt: number;
}

/**
 * The delay until the next poll: a quarter of the time since something last changed. While the server
 * fails, it is the time since the first failure, or what `Retry-After` asks for.
 */
function pollDelay({ dataUpdatedAt, error, errorUpdatedAt }: Polled, newsAt: number): number {
  if (error === null) {
    const quiet = (dataUpdatedAt - newsAt) / 4;
    return Math.min(Math.max(soonMilliseconds, quiet), mostQuietMilliseconds);
  }
  const asked = error instanceof ApiError ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
  const failing = Math.min(
    Math.max(soonMilliseconds, errorUpdatedAt - dataUpdatedAt),
    mostFailingMilliseconds,
  );
  return Math.max(asked, failing);
}

const subscribe = (listener: () => void) => onlineManager.subscribe(listener);
const isOnline = () => onlineManager.isOnline();

/**
 * Options for a query that is polled: frequently while data changes, less and less often while it doesn't.
 * Polling pauses while offline or in a hidden tab, and resumes immediately afterwards.
 */
export function usePolling() {
  const online = useSyncExternalStore(subscribe, isOnline);
  const mutations = useQueryClient().getMutationCache();
  const news = useRef<{ readonly data: unknown; readonly at: number }>({ data: undefined, at: Date.now() });
  return {
    refetchOnReconnect: 'always',
    refetchInterval: ({ state }: { readonly state: Polled }): number | false => {
      if (!online) return false;
      if (state.data !== news.current.data)
        news.current = { data: state.data, at: Math.max(news.current.at, state.dataUpdatedAt) };
      // A change made in this tab counts as news before it can be read back.
      const own = mutations.getAll().map((mutation) => mutation.state.submittedAt);
      return pollDelay(state, Math.max(news.current.at, ...own));
    },
  } as const;
}
