/** Words of tables and of what stands above a list. */
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
  selected: (count: string) => `${count} selected`,
  clearSelection: 'Clear selection',
  bulkActions: 'Actions for selected rows',
  actionFor: (title: string, count: string) => `${title} (${count})`,
  count: (count: string, isOne: boolean) => (isOne ? `${count} result` : `${count} results`),
  countSoFar: (count: string) => `First ${count} results`,
  countOf: (count: string, total: string) => `${count} of ${total}`,
  done: (title: string, count: string) => `${title}: ${count} done`,
  partlyDone: ({ title, done, failed }: { title: string; done: string; failed: string }) =>
    `${title}: ${done} done, ${failed} failed. The ones that failed are still selected.`,
};
