import { Button, Group, Stack } from '@mantine/core';
import type { InfiniteData, UseInfiniteQueryResult, UseQueryResult } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { ApiError } from '../lib/api-error.ts';
import { useTexts } from '../text/language.tsx';
import { NotFound } from './no-page.tsx';
import { Empty, Failed, Loading, MayBeOld } from './states.tsx';

/**
 * The states of one query: loading, failed, loaded. Data stays visible while it is reloaded, unless access
 * is refused.
 */
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

/** A page of results, as every listing of the API returns it. */
export interface ListPage<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

const firstPage = (): string | undefined => undefined;

const freshMilliseconds = 5000;
const longFreshMilliseconds = 60_000;

interface Paged {
  readonly state: { readonly data?: { readonly pages: readonly unknown[] } | undefined };
}

/**
 * Paging options of a listing. Reloading sends one request for each page already loaded, so a long list is
 * reloaded at most once a minute.
 */
export const paging = {
  staleTime: ({ state }: Paged) =>
    (state.data?.pages.length ?? 0) > 1 ? longFreshMilliseconds : freshMilliseconds,
  initialPageParam: firstPage(),
  getNextPageParam: ({ nextCursor }: { readonly nextCursor: string | null }) => nextCursor ?? undefined,
};

interface PagedListProps<Item> {
  readonly query: UseInfiniteQueryResult<InfiniteData<ListPage<Item>>, Error>;
  readonly empty: ReactNode;
  /** Shown while the first page loads. */
  readonly loading?: ReactNode;
  readonly children: (items: readonly Item[]) => ReactNode;
}

/** A listing: its states, the items loaded so far, and a button for more. */
export function PagedList<Item>({ query, empty, loading = <Loading />, children }: PagedListProps<Item>) {
  const { more } = useTexts().common;
  const retry = () => void query.refetch();
  if (query.data === undefined)
    return query.isError ? <Failed error={query.error} onRetry={retry} /> : loading;
  const items = query.data.pages.flatMap((page) => page.items);
  const old = query.isRefetchError && <MayBeOld onRetry={retry} />;
  if (items.length === 0 && query.hasNextPage)
    return query.isFetchNextPageError ? (
      <Failed error={query.error} onRetry={() => void query.fetchNextPage()} />
    ) : (
      <GoOn query={query}>{loading}</GoOn>
    );
  if (items.length === 0)
    return (
      <>
        {old}
        {empty}
      </>
    );
  return (
    <Stack gap="md">
      {old}
      {children(items)}
      {query.isFetchNextPageError && <Failed error={query.error} />}
      {query.hasNextPage && (
        <Group justify="center">
          <Button
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage({ cancelRefetch: false })}
          >
            {more}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

interface GoOnProps {
  readonly query: Pick<UseInfiniteQueryResult, 'fetchNextPage' | 'isFetching'>;
  readonly children: ReactNode;
}

/** Loads the next page: a filter can leave a page empty although more pages follow. */
function GoOn({ query: { fetchNextPage, isFetching }, children }: GoOnProps) {
  useEffect(() => {
    if (!isFetching) void fetchNextPage();
  }, [fetchNextPage, isFetching]);
  return children;
}

/** Shown when the filters match nothing; a button clears them. */
export function NoMatch({ title }: { readonly title: string }) {
  const { clearFilters } = useTexts().table;
  const navigate = useNavigate();
  // The tab and the sort order aren't filters.
  const open = () =>
    void navigate({
      to: '.',
      search: ({ tab, sort }) => ({
        ...(tab === undefined ? {} : { tab }),
        ...(sort === undefined ? {} : { sort }),
      }),
    });
  const action = (
    <Button variant="default" onClick={open}>
      {clearFilters}
    </Button>
  );
  return <Empty title={title} action={action} />;
}

interface Props<Data> {
  readonly query: UseQueryResult<Data, Error>;
  readonly children: (data: Data) => ReactNode;
}

/** The loading and error states of a page's main item; if the item doesn't exist, neither does the page. */
export function PageQuery<Data>({ query, children }: Props<Data>) {
  const { data, error } = query;
  const isGone = data === undefined && error instanceof ApiError && error.code === 'not_found';
  return isGone ? <NotFound /> : <QueryView query={query}>{children}</QueryView>;
}
