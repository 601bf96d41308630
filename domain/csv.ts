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

/** A row of a table file: its cells, and the line of the file in which it begins, from 1. */
interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** What a table file holds, without empty rows. */
export interface Csv {
  readonly rows: readonly CsvRow[];
  readonly separator: Separator;
  /** The line of a quotation mark that is never closed; what follows it is one cell. */
  readonly unclosed: number | null;
}

const separators = ['\t', ';', ','] as const;
type Separator = (typeof separators)[number];

/** What separates the cells: the sign that the first line has most often outside of quotation marks. */
function separatorOf(text: string): Separator {
  const [first = ''] = text
    .replaceAll(/"[^"]*"/g, '')
    .trimStart()
    .split(/[\r\n]/, 1);
  const count = (sign: string) => first.split(sign).length;
  return separators.reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

/** A cell without the apostrophe by which `csvCell` makes a formula harmless. */
const plainCell = (cell: string): string =>
  cell.startsWith("'") && formula.test(cell.slice(1)) ? cell.slice(1) : cell;

/**
 * Reads a table file (RFC 4180), separated by commas, semicolons or tabs as spreadsheets do. Nothing is ever
 * computed: a formula is the text that it is.
 */
export function readCsv(given: string): Csv {
  const text = given.startsWith(byteOrderMark) ? given.slice(1) : given;
  const separator = separatorOf(text);
  const rows: CsvRow[] = [];
  // One cell at a time: quoted, or up to the next separator; then what ends it.
  const cell = new RegExp(
    `(?:"((?:[^"]|"")*)("|$)([^${separator}\\r\\n]*)|([^${separator}\\r\\n]*))(${separator}|\\r\\n?|\\n|$)`,
    'y',
  );
  let [line, begins, cells, unclosed]: [number, number, string[], number | null] = [1, 1, [], null];
  while (cell.lastIndex < text.length || cells.length > 0) {
    const [whole = '', quoted, closing, rest = '', bare = '', end = ''] = cell.exec(text) ?? [];
    if (quoted !== undefined && closing === '') unclosed ??= line;
    cells.push(plainCell(quoted === undefined ? bare : quoted.replaceAll('""', '"') + rest));
    line += whole.split(/\r\n?|\n/).length - 1;
    if (end === separator) continue;
    if (cells.some((one) => one.trim() !== '')) rows.push({ line: begins, cells });
    [cells, begins] = [[], line];
  }
  return { rows, separator, unclosed };
}
