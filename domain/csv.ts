// What a spreadsheet takes for the beginning of a formula, full-width forms included. Source: OWASP, "CSV
// Injection".
const formula = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/**
 * One cell (RFC 4180): always quoted, and no formula: what would be one begins with an apostrophe, so that it
 * is shown as text.
 */
export function csvCell(text: string): string {
  const harmless = formula.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}

/** One line (RFC 4180), ended as the RFC ends it. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;

// Spreadsheets take a file without it for one in their own old character set.
const byteOrderMark = '\uFEFF';

/** What a CSV file begins with: the mark of UTF-8, and the names of its columns. */
export const csvHead = (columns: readonly string[]): string => `${byteOrderMark}${csvLine(columns)}`;
