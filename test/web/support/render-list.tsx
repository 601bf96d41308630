import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider, useInfiniteQuery } from '@tanstack/react-query';
import { createRootRoute, createRoute, createRouter, Outlet, RouterProvider } from '@tanstack/react-router';
import { configure, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { theme } from '../../../web/app/theme.tsx';
import { paging } from '../../../web/components/query-view.tsx';
import { Empty } from '../../../web/components/states.tsx';
import type { BulkAction } from '../../../web/components/table/bulk-actions.tsx';
import type { Column } from '../../../web/components/table/column.ts';
import { ListTable } from '../../../web/components/table/list-table.tsx';
import { createQueries } from '../../../web/lib/queries.ts';
import { LanguageProvider } from '../../../web/text/language.tsx';
import { english } from './english.ts';

// Longer, for busy machines.
configure({ asyncUtilTimeout: 10_000 });

export interface Ship {
  readonly id: string;
  readonly name: string;
  readonly masts: number;
  readonly port?: string;
}

const columns: readonly Column<Ship>[] = [
  {
    id: 'name',
    title: 'Name',
    cell: ({ name }) => <bdi>{name}</bdi>,
    text: ({ name }) => name,
    sort: 'name',
  },
  { id: 'masts', title: 'Masts', numeric: true, cell: ({ masts }) => masts, sort: ({ masts }) => masts },
  { id: 'port', title: 'Port', cell: ({ port }) => port ?? '–', sort: ({ port }) => port },
  { id: 'number', title: 'Number', hidden: true, cell: ({ id }) => id },
  { id: 'actions', title: 'Actions', actions: true, cell: () => <button type="button">Sink</button> },
];

const keyOf = ({ id }: Ship) => id;
const hrefOf = ({ id }: Ship) => `/ships/${id}`;

interface Given {
  /** The list's pages on the server. */
  readonly pages: readonly (readonly Ship[])[];
  readonly bulk?: readonly BulkAction<Ship>[];
  /** The URL's query string, with its question mark. */
  readonly search?: string;
}

function Ships({ pages, bulk = [] }: Given) {
  const query = useInfiniteQuery({
    ...paging,
    queryKey: ['ships'],
    queryFn: ({ pageParam }) => {
      const page = Number(pageParam ?? 0);
      return { items: pages[page] ?? [], nextCursor: page + 1 < pages.length ? String(page + 1) : null };
    },
  });
  return (
    <>
      <h1>Ships</h1>
      <ListTable
        name="ships"
        label="Ships"
        columns={columns}
        query={query}
        keyOf={keyOf}
        hrefOf={hrefOf}
        bulk={bulk}
        filters={[{ name: 'port', label: 'Port', choices: [{ value: 'hull', label: 'Hull' }] }]}
        empty={<Empty title="No ships yet" />}
      />
    </>
  );
}

/** A list of ships at its own URL, with everything around a page. */
export function renderShips({ search = '', ...given }: Given): void {
  window.history.replaceState(null, '', `/ships${search}`);
  const root = createRootRoute({ component: Outlet });
  const routeTree = root.addChildren([
    createRoute({ getParentRoute: () => root, path: '/ships', component: () => <Ships {...given} /> }),
    createRoute({ getParentRoute: () => root, path: '/ships/$id', component: () => <h1>One ship</h1> }),
  ]);
  const router = createRouter({ routeTree });
  render(<Around>{<RouterProvider router={router} />}</Around>);
}

const Around = ({ children }: { readonly children: ReactNode }) => (
  <LanguageProvider initial={{ language: 'en', texts: english }} load={async () => english}>
    <MantineProvider theme={theme}>
      <Notifications />
      <QueryClientProvider client={createQueries()}>{children}</QueryClientProvider>
    </MantineProvider>
  </LanguageProvider>
);
