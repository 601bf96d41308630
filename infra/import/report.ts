import { type FindingLevel, findingKinds } from '../../domain/legacy/finding.ts';
import type { KindTally, Tally } from './tally.ts';

const titles: Record<FindingLevel, string> = {
  undecided: 'Decisions needed, in the mapping file',
  'set-aside': 'Kept aside, in the quarantine file',
  warning: 'Worth a look',
  note: 'Noted',
};

const columns = ['lines', 'imported', 'mapped', 'quarantined', 'undecided'] as const;

/** What became of each table's lines, as a table. */
export function tableOfCounts({ tables }: Tally): string {
  const row = (cells: readonly string[]) =>
    `  ${cells.map((cell, index) => (index === 0 ? cell.padEnd(14) : cell.padStart(12))).join('')}`;
  return [
    row(['', ...columns]),
    ...[...tables].map(([table, counts]) => row([table, ...columns.map((column) => String(counts[column]))])),
  ].join('\n');
}

/**
 * A text of an export as a terminal may show it: what moves the cursor or turns the direction of text is
 * written out.
 */
export const printable = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u${code.toString(16).padStart(4, '0')}`;
  });

/** All kinds of finding with the first few of each: what it means, what the importer does, and where. */
export function listOfFindings(tally: Tally): string {
  const levels = ['undecided', 'set-aside', 'warning', 'note'] as const;
  return levels
    .flatMap((level) => {
      const kinds = tally.kinds.filter(({ kind }) => findingKinds[kind].level === level);
      return kinds.length === 0 ? [] : [`\n${titles[level]}\n`, ...kinds.map(showKind)];
    })
    .join('\n');
}

function showKind({ kind, count, first }: KindTally): string {
  const { means, does } = findingKinds[kind];
  const places = first.map(({ table, id, line, detail }) =>
    [
      '     ',
      table,
      ...(line > 0 ? [`line ${line}`] : []),
      id,
      ...(detail === undefined ? [] : [`(${detail})`]),
    ]
      .filter((word) => word !== '')
      .map(printable)
      .join(' '),
  );
  const more = count > first.length ? [`      … and ${count - first.length} more`] : [];
  return [`  ${kind} ×${count}: ${means} The importer ${does}.`, ...places, ...more].join('\n');
}
