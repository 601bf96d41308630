import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiError } from '../lib/api-error.ts';
import { NotFound } from './no-page.tsx';
import { QueryView } from './query-view.tsx';

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
