import { Button, Group, Stack } from '@mantine/core';
import type { InfiniteData, UseInfiniteQueryResult, UseQueryResult } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTexts } from '../text/language.tsx';
import { Empty, Failed, Loading, MayBeOld } from './states.tsx';

/**
 * One query's states in one place: waiting, failed, there. What is there stays while it is asked for anew,
 * unless it is refused.
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

/** A page as every listing of the API answers. */
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
 * What a listing asks for: the cursor of the next page. Reading it anew takes a request for each page that
 * was loaded: coming back to a long one does that once a minute at most.
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
  /** What is shown while the first page is waited for. */
  readonly loading?: ReactNode;
  readonly children: (items: readonly Item[]) => ReactNode;
}

/** A listing: its states, what has been read of it, and the way to more. */
export function PagedList<Item>({ query, empty, loading = <Loading />, children }: PagedListProps<Item>) {
  const { more } = useTexts().common;
  const retry = () => void query.refetch();
  if (query.data === undefined)
    return query.isError ? <Failed error={query.error} onRetry={retry} /> : loading;
  const items = query.data.pages.flatMap((page) => page.items);
  const old = query.isRefetchError && <MayBeOld onRetry={retry} />;
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

/** In the place of a list of which its filters leave nothing: the way back to all of it. */
export function NoMatch({ title }: { readonly title: string }) {
  const { clearFilters } = useTexts().table;
  const navigate = useNavigate();
  // The tab and the order are no filters.
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
