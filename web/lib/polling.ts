import { onlineManager, useQueryClient } from '@tanstack/react-query';
import { useRef, useSyncExternalStore } from 'react';
import { ApiError } from './api-error.ts';

const soonMilliseconds = 5000;
const mostQuietMilliseconds = 30_000;
const mostFailingMilliseconds = 60_000;

/** What is known of a query that is read again and again. */
interface Polled {
  readonly data?: unknown;
  readonly dataUpdatedAt: number;
  readonly error: Error | null;
  readonly errorUpdatedAt: number;
}

/**
 * How long to wait before the next look. While nothing is new, a quarter of the time since something was;
 * while the server fails, as long as it has been failing, or as long as it asks for.
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
 * Options of a query that is read again by itself: often while something happens, ever more rarely while
 * nothing does. Without a connection and in a hidden tab it is not read at all; when either is back, it is
 * read at once.
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
      // What one has done oneself is news too, even before it can be read.
      const own = mutations.getAll().map((mutation) => mutation.state.submittedAt);
      return pollDelay(state, Math.max(news.current.at, ...own));
    },
  } as const;
}
