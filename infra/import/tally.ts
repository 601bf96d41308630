import { type LegacyTable, legacyTables } from '../../domain/legacy/document.ts';
import { type Finding, type FindingKind, findingKinds } from '../../domain/legacy/finding.ts';
import type { Outcome, Verdict } from '../../domain/legacy/outcome.ts';

/** What became of a table's lines. */
export type TableTally = Record<Verdict | 'lines', number>;

/** Findings of one kind: how many, and the first few. */
export interface KindTally {
  readonly kind: FindingKind;
  readonly first: Finding[];
  count: number;
}

const examples = 5;

/** Counts outcomes and findings; its size doesn't grow with theirs. */
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

  /** In the order of the catalogue: what was kept aside, what needs a decision, what needs a look, what was only noted. */
  get kinds(): KindTally[] {
    const order = Object.keys(findingKinds);
    return [...this.#kinds.values()].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  }

  sum(what: keyof TableTally): number {
    return [...this.tables.values()].reduce((sum, table) => sum + table[what], 0);
  }
}
