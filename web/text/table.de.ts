import type { table as english } from './table.en.ts';

export const table: typeof english = {
  filter: 'Filter',
  clearFilters: 'Filter zurücksetzen',
  removeFilter: (name) => `Filter entfernen: ${name}`,
  chip: (label, value) => `${label}: ${value}`,
  sort: 'Sortieren',
  columns: 'Spalten',
  rowsPerPage: 'Zeilen pro Seite',
  exportCsv: 'Als CSV exportieren',
  selectAll: 'Alle Zeilen auswählen',
  selectOne: (name) => `${name} auswählen`,
  selected: (shown) => `${shown} ausgewählt`,
  clearSelection: 'Auswahl aufheben',
  bulkActions: 'Aktionen für die Auswahl',
  actionFor: (title, shown) => `${title} (${shown})`,
  count: (shown, isOne) => (isOne ? `${shown} Ergebnis` : `${shown} Ergebnisse`),
  countSoFar: (shown) => `Die ersten ${shown} Ergebnisse`,
  countOf: (shown, total) => `${shown} von ${total}`,
  done: (title, shown) => `${title}: ${shown} erledigt`,
  partlyDone: ({ title, done, failed }) =>
    `${title}: ${done} erledigt, ${failed} fehlgeschlagen. Die fehlgeschlagenen sind weiterhin ausgewählt.`,
};
