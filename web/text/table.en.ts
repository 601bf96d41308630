/** Texts of tables and their toolbars. */
export const table = {
  filter: 'Filter',
  clearFilters: 'Clear filters',
  removeFilter: (name: string) => `Remove filter: ${name}`,
  chip: (label: string, value: string) => `${label}: ${value}`,
  sort: 'Sort',
  columns: 'Columns',
  rowsPerPage: 'Rows per page',
  exportCsv: 'Export CSV',
  selectAll: 'Select all rows',
  selectOne: (name: string) => `Select ${name}`,
  selected: (shown: string) => `${shown} selected`,
  clearSelection: 'Clear selection',
  bulkActions: 'Actions for selected rows',
  actionFor: (title: string, shown: string) => `${title} (${shown})`,
  count: (shown: string, isOne: boolean) => (isOne ? `${shown} result` : `${shown} results`),
  countSoFar: (shown: string) => `First ${shown} results`,
  countOf: (shown: string, total: string) => `${shown} of ${total}`,
  done: (title: string, shown: string) => `${title}: ${shown} done`,
  partlyDone: ({ title, done, failed }: { title: string; done: string; failed: string }) =>
    `${title}: ${done} done, ${failed} failed. The ones that failed are still selected.`,
};
