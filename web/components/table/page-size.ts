import { useLocalStorage } from '@mantine/hooks';

/** How many rows a page of a list may have. */
export const pageSizes = [25, 50, 100] as const;

const usual = 50;

/** How many rows a list reads at a time: the `limit` of its query. */
export interface PageSize {
  readonly rows: number;
  readonly setRows: (rows: number) => void;
}

/** How many rows somebody wants at a time, in every list of this browser. */
export function usePageSize(): PageSize {
  const [rows, setRows] = useLocalStorage<number>({
    key: 'mtcms-page-size',
    defaultValue: usual,
    getInitialValueInEffect: false,
    deserialize: (text) => pageSizes.find((size) => String(size) === text) ?? usual,
  });
  return { rows, setRows };
}
