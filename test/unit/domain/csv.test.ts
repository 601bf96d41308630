import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvHead, csvLine, readCsv } from '../../../domain/csv.ts';

const cellsOf = (text: string) => readCsv(text).rows.map(({ cells }) => cells);

describe('a table file', () => {
  it('that we write reads as what was written, formulas, quotes and line breaks included', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom('=1+1', '+5', '-5', '@SUM', "'", '"', 'a;b', 'a,b', 'two\r\nlines', "''=1"),
    );
    const table = fc.array(fc.tuple(cell, fc.constant('end')), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(table, (rows) => {
        const text = `${csvHead(['one', 'two'])}${rows.map(csvLine).join('')}`;
        const [head, ...read] = cellsOf(text);
        expect(head).toEqual(['one', 'two']);
        // An original apostrophe before a formula is taken for ours.
        expect(read).toEqual(
          rows.map((row) => row.map((one) => one.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/, ''))),
        );
      }),
    );
  });

  it.each([
    ['commas', 'a,b\n1,2'],
    ['semicolons', 'a;b\r\n1;2\r\n'],
    ['tabs', '\uFEFFa\tb\r1\t2'],
  ])('is read with %s', (_, text) => {
    expect(cellsOf(text)).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  it('keeps decimal commas of a file with semicolons', () => {
    expect(cellsOf('Sales;1,5;2,5')).toEqual([['Sales', '1,5', '2,5']]);
  });

  it('says in which line each row begins, without empty ones', () => {
    expect(readCsv('a,b\n\n"1\n2",3\n , \n4,5').rows.map(({ line }) => line)).toEqual([1, 3, 6]);
  });

  it('says where a quotation mark is never closed', () => {
    expect(readCsv('a,b\n1,"never\nended')).toMatchObject({
      unclosed: 2,
      rows: [{ cells: ['a', 'b'] }, { cells: ['1', 'never\nended'] }],
    });
  });

  it('of ten thousand lines is read as a whole', () => {
    const text = Array.from({ length: 10_000 }, (_, index) => `KPI,2026-01-01,${index}`).join('\n');
    expect(readCsv(text).rows).toHaveLength(10_000);
  });

  it('that is anything at all is read to its end', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', ',', ';', '\t', '\r', '\n', 'a', "'") }), (text) => {
        expect(readCsv(text).rows.length).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
