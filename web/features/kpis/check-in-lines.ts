import { readCsv } from '../../../domain/csv.ts';
import { mostCheckIns } from '../../../domain/kpi/check-in.schema.ts';
import { numberOf } from '../../components/form/number-field.ts';

/** The maximum number of lines per import. */
export const mostLines = 10_000;

/** One line of the file, with its position. */
export interface Line {
  readonly line: number;
  readonly kpi: string;
  readonly date: string;
  readonly value: string;
  readonly note: string;
  /** The value as a number; NaN if it isn't one or is ambiguous. */
  readonly number: number;
}

type Field = 'kpi' | 'date' | 'value' | 'note';
const order: readonly Field[] = ['kpi', 'date', 'value', 'note'];

/** Recognized column headers, in both languages and as written by our exports. */
const names: Readonly<Record<string, Field>> = {
  ...{ kpi: 'kpi', 'kpi id': 'kpi', 'kpi-id': 'kpi', name: 'kpi' },
  ...{ date: 'date', datum: 'date', time: 'date', zeit: 'date' },
  ...{ value: 'value', wert: 'value' },
  ...{ note: 'note', comment: 'note', kommentar: 'note', notiz: 'note' },
};

/** The check-ins in pasted text, or why it can't be parsed. */
interface Read {
  readonly lines: readonly Line[];
  /** The line of an unclosed quotation mark. */
  readonly unclosed: number | null;
}

const plain = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** Reads check-ins from a table with or without a header row. */
export function readCheckIns(text: string): Read {
  const { rows, separator, unclosed } = readCsv(text);
  const [first] = rows;
  const head = (first?.cells ?? []).map((cell) => names[cell.trim().toLowerCase()]);
  const hasHead = head.filter((field) => field !== undefined).length >= 2;
  const columns = hasHead ? head : order;
  const lines = rows.slice(hasHead ? 1 : 0).map(({ line, cells }): Line => {
    const cell = (field: Field) => (cells[columns.indexOf(field)] ?? '').trim();
    const value = cell('value');
    // Between commas, a point can't be a thousands separator.
    const number = separator === ',' && plain.test(value) ? Number(value) : numberOf(value);
    return { line, kpi: cell('kpi'), date: cell('date'), value, note: cell('note'), number };
  });
  return { lines, unclosed };
}

/** Converts `24.11.2026` to the API's format; other values are unchanged. */
function dateOf(text: string): string {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text) ?? [];
  return year === '' ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/**
 * A line as part of a request. Overlong texts are cut to just above the limit, so that they are refused as
 * too long.
 */
export const bodyOf = ({ kpi, date, value, note, number }: Line) => ({
  kpi: kpi.slice(0, 500),
  date: dateOf(date.slice(0, 100)),
  value: Number.isNaN(number) ? value.slice(0, 100) : number,
  ...(note === '' ? {} : { note: note.slice(0, 4200) }),
});

/** Requests are limited to 64 KB. */
const mostBytes = 48_000;
const encoder = new TextEncoder();

/** Splits lines into parts of one request each. */
export function partsOf(lines: readonly Line[]): readonly (readonly Line[])[] {
  const parts: Line[][] = [];
  let bytes = mostBytes;
  for (const line of lines) {
    const size = encoder.encode(JSON.stringify(bodyOf(line))).length;
    bytes += size;
    const part = parts.at(-1);
    if (part !== undefined && bytes <= mostBytes && part.length < mostCheckIns) part.push(line);
    else {
      parts.push([line]);
      bytes = size;
    }
  }
  return parts;
}

/** Decodes a file as written by spreadsheets, in one of three character sets; null if it isn't text. */
export function textOfFile(bytes: Uint8Array): string | null {
  const decoded = (set: string, fatal = false) => new TextDecoder(set, { fatal }).decode(bytes);
  const read = () => {
    if (bytes[0] === 0xff && bytes[1] === 0xfe) return decoded('utf-16le');
    if (bytes[0] === 0xfe && bytes[1] === 0xff) return decoded('utf-16be');
    try {
      return decoded('utf-8', true);
    } catch {
      // The encoding of older spreadsheets in Western languages.
      return decoded('windows-1252');
    }
  };
  const text = read();
  return text.includes('\0') ? null : text;
}
