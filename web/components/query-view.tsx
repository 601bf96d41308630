import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Loading } from './loading.tsx';
import { Failed, MayBeOld } from './states.tsx';

/** One query's states in one place: waiting, failed, there. What is there stays while it is asked for anew, unless it is refused. */
export function QueryView<Data>({
  query,
  rows,
  children,
}: {
  readonly query: UseQueryResult<Data, Error>;
  readonly rows?: number;
  readonly children: (data: Data) => ReactNode;
}) {
  const retry = () => void query.refetch();
  if (query.data !== undefined)
    return (
      <>
        {query.isRefetchError && <MayBeOld onRetry={retry} />}
        {children(query.data)}
      </>
    );
  if (query.isError) return <Failed error={query.error} onRetry={retry} />;
  return <Loading {...(rows === undefined ? {} : { rows })} />;
}
