import { type LegacyTable, legacyTables } from '../../domain/import/document.ts';
import {
  type Finding,
  type FindingKind,
  type FindingLevel,
  findingKinds,
} from '../../domain/import/finding.ts';
import type { Outcome, Verdict } from '../../domain/import/outcome.ts';

/** The outcomes of a table's lines. */
type TableTally = Record<Verdict | 'lines', number>;

/** Findings of one kind: how many, and the first few. */
interface KindTally {
  readonly kind: FindingKind;
  readonly first: Finding[];
  count: number;
}

const examples = 5;

/** Counts outcomes and findings in constant memory. */
export class Tally {
  readonly tables = new Map<LegacyTable, TableTally>(
    legacyTables.map((table) => [table, { lines: 0, imported: 0, mapped: 0, quarantined: 0, undecided: 0 }]),
  );
  readonly #kinds = new Map<FindingKind, KindTally>();

  add({ source, verdict, findings }: Outcome): void {
    const table = this.tables.get(source.table);
    if (table !== undefined) {
      table.lines += 1;
      table[verdict] += 1;
    }
    for (const finding of findings) this.note(finding);
  }

  note(finding: Finding): void {
    const of = this.#kinds.get(finding.kind) ?? { kind: finding.kind, first: [], count: 0 };
    of.count += 1;
    if (of.first.length < examples) of.first.push(finding);
    this.#kinds.set(finding.kind, of);
  }

  /** In the order of `findingKinds`. */
  get kinds(): KindTally[] {
    const order = Object.keys(findingKinds);
    return [...this.#kinds.values()].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  }

  sum(what: keyof TableTally): number {
    return [...this.tables.values()].reduce((sum, table) => sum + table[what], 0);
  }
}

const titles: Record<FindingLevel, string> = {
  undecided: 'Decisions needed in the mapping file',
  'set-aside': 'Set aside in the quarantine file',
  warning: 'Worth a look',
  note: 'Notes',
};

const columns = ['lines', 'imported', 'mapped', 'quarantined', 'undecided'] as const;

/** The outcomes of each table's lines, as a table. */
export function tableOfCounts({ tables }: Tally): string {
  const row = (cells: readonly string[]) =>
    `  ${cells.map((cell, index) => (index === 0 ? cell.padEnd(14) : cell.padStart(12))).join('')}`;
  return [
    row(['', ...columns]),
    ...[...tables].map(([table, counts]) => row([table, ...columns.map((column) => String(counts[column]))])),
  ].join('\n');
}

/** Text of an export made safe for a terminal: cursor movement and bidirectional controls are escaped. */
export const printable = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u${code.toString(16).padStart(4, '0')}`;
  });

/** All kinds of findings with their first examples: meaning, what the importer does, and where. */
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

/** Shows the progress of a long step: an updating line on a terminal, occasional lines elsewhere. */
interface Progress {
  at(done: number): void;
  end(): void;
}

const betweenMs = { terminal: 100, elsewhere: 5_000 };

/** `of` is the total, if known. */
export function progress(step: string, of?: number): Progress {
  const { stderr } = process;
  const between = stderr.isTTY ? betweenMs.terminal : betweenMs.elsewhere;
  let last = performance.now();
  let done = 0;
  const text = () => {
    const share = of === undefined || of === 0 ? '' : ` of ${of} (${Math.floor((done / of) * 100)} %)`;
    return `  ${step}: ${done}${share}`;
  };
  const show = () => stderr.write(stderr.isTTY ? `\r${text()}\u001B[K` : `${text()}\n`);
  return {
    at(now) {
      done = now;
      if (performance.now() - last < between) return;
      last = performance.now();
      show();
    },
    end() {
      show();
      if (stderr.isTTY) stderr.write('\n');
    },
  };
}
