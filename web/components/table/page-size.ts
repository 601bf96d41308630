import { useLocalStorage } from '@mantine/hooks';

/** Supported page sizes of lists. */
export const pageSizes = [25, 50, 100] as const;

const usual = 50;

/** The page size: the `limit` of the list's query. */
export interface PageSize {
  readonly rows: number;
  readonly setRows: (rows: number) => void;
}

/** The user's page size for all lists in this browser. */
export function usePageSize(): PageSize {
  const [rows, setRows] = useLocalStorage<number>({
    key: 'mtcms-page-size',
    defaultValue: usual,
    getInitialValueInEffect: false,
    deserialize: (text) => pageSizes.find((size) => String(size) === text) ?? usual,
  });
  return { rows, setRows };
}
