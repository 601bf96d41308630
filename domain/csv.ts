// Characters that spreadsheets take as the start of a formula, including full-width ones. Source: OWASP,
// "CSV Injection".
const formula = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/**
 * One cell (RFC 4180): always quoted. A potential formula is prefixed with an apostrophe, so that it is
 * shown as text.
 */
export function csvCell(text: string): string {
  const harmless = formula.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}

/** One line (RFC 4180), with its line ending. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;

// Without it, spreadsheets assume a legacy encoding.
const byteOrderMark = '\uFEFF';

/** The start of a CSV file: byte order mark and header. */
export const csvHead = (columns: readonly string[]): string => `${byteOrderMark}${csvLine(columns)}`;

/** A row of a table, and the line in which it starts, from 1. */
interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A table without empty rows. */
export interface Csv {
  readonly rows: readonly CsvRow[];
  readonly separator: Separator;
  /** The line of an unclosed quotation mark; what follows it is one cell. */
  readonly unclosed: number | null;
}

const separators = ['\t', ';', ','] as const;
type Separator = (typeof separators)[number];

/** The separator: the character that occurs most often in the first line, outside quotation marks. */
function separatorOf(text: string): Separator {
  const [first = ''] = text
    .replaceAll(/"[^"]*"/g, '')
    .trimStart()
    .split(/[\r\n]/, 1);
  const count = (sign: string) => first.split(sign).length;
  return separators.reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

/** Removes the apostrophe with which `csvCell` neutralizes a formula. */
const plainCell = (cell: string): string =>
  cell.startsWith("'") && formula.test(cell.slice(1)) ? cell.slice(1) : cell;

/** Parses a table (RFC 4180) separated by commas, semicolons or tabs. Formulas stay text. */
export function readCsv(given: string): Csv {
  const text = given.startsWith(byteOrderMark) ? given.slice(1) : given;
  const separator = separatorOf(text);
  const rows: CsvRow[] = [];
  // One cell, quoted or up to the next separator, and what ends it.
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
