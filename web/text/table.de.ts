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
  selected: (count) => `${count} ausgewählt`,
  clearSelection: 'Auswahl aufheben',
  bulkActions: 'Aktionen für die Auswahl',
  actionFor: (title, count) => `${title} (${count})`,
  count: (count, isOne) => (isOne ? `${count} Ergebnis` : `${count} Ergebnisse`),
  countSoFar: (count) => `Die ersten ${count} Ergebnisse`,
  countOf: (count, total) => `${count} von ${total}`,
  done: (title, count) => `${title}: ${count} erledigt`,
  partlyDone: ({ title, done, failed }) =>
    `${title}: ${done} erledigt, ${failed} fehlgeschlagen. Die fehlgeschlagenen sind weiterhin ausgewählt.`,
};
