import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Loading } from './loading.tsx';
import { Failed } from './states.tsx';

/** One query's states in one place: waiting, failed, there. What is there stays while it is asked for anew. */
export function QueryView<Data>({
  query,
  rows,
  children,
}: {
  readonly query: UseQueryResult<Data, Error>;
  readonly rows?: number;
  readonly children: (data: Data) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  return <Loading {...(rows === undefined ? {} : { rows })} />;
}
