import { exportProof, type ProofPosition } from '../audit/checkpoints/export-proof.ts';
import { canonical } from '../audit/tree/canonical.ts';
import { itemKinds, kindOf } from '../nouns.ts';
import { deletedKindOf } from '../table/deletion-record.ts';
import { typed } from '../table/item.ts';
import type { Item } from '../table/query.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { keyOfItem, pagesOf } from '../table/stored-items.ts';
import { Archive, type ArchiveState, type ExportStore, Lines, workKey } from './archive.ts';
import type { Departure } from './departure.schema.ts';
import { formatVersion, lineOf, type Manifest, manifestPath, trailFolder } from './export-format.schema.ts';
import { partitionsOf } from './partitions.ts';

/** The reading position: first in the partitions, then in the audit log. */
type Place =
  | { readonly in: 'data'; readonly partition?: string; readonly after?: Item | undefined }
  | { readonly in: 'trail'; readonly position?: ProofPosition };

/** Everything another process needs to continue. */
interface Work {
  readonly archive: ArchiveState;
  readonly place: Place;
  readonly counts: Readonly<Record<string, number>>;
  readonly items: number;
}

interface Exporting {
  readonly scope: OrganizationScope;
  readonly departure: Pick<Departure, 'name' | 'frozenAt'>;
  readonly objectKey: string;
  readonly store: ExportStore;
  readonly clock: () => Date;
  /** When to stop and leave the rest to the next run. */
  readonly until: Date;
  /** Called with the progress. */
  readonly progress: (items: number) => Promise<void>;
}

const exportedKinds = itemKinds.filter(({ exported }) => exported === undefined);
const leftOut = itemKinds.filter(({ exported }) => exported === 'never').map(({ name }) => name);

class Run {
  readonly #of: Exporting;
  readonly #archive: Archive;
  readonly #counts: Map<string, number>;
  #place: Place;
  #items: number;

  private constructor(of: Exporting, archive: Archive, { place, counts, items }: Omit<Work, 'archive'>) {
    [this.#of, this.#archive, this.#place, this.#items] = [of, archive, place, items];
    this.#counts = new Map(Object.entries(counts));
  }

  static async open(of: Exporting): Promise<Run> {
    const kept = await of.store.kept(workKey(of.objectKey));
    const work = kept === null ? undefined : typed<Work>(JSON.parse(kept));
    const archive = await Archive.open(of.store, of.objectKey, work?.archive);
    const begun = { place: { in: 'data' }, counts: {}, items: 0 } as const;
    const run = new Run(of, archive, work ?? begun);
    if (work === undefined) await run.#note();
    return run;
  }

  get bytes(): number {
    return this.#archive.bytes;
  }

  get items(): number {
    return this.#items;
  }

  /** Continues until everything is written. Returns false if time is up before that. */
  async go(): Promise<boolean> {
    if (this.#place.in === 'data' && !(await this.#data())) return false;
    if (!(await this.#trail())) return false;
    await this.#archive.finish(manifestPath, `${canonical(this.#manifest())}\n`);
    return true;
  }

  async #data(): Promise<boolean> {
    const { scope } = this.#of;
    const all = await partitionsOf(scope, this.#of.clock(), exportedKinds);
    const begun = this.#place.in === 'data' ? this.#place : undefined;
    // A partition read to its end has no position to continue after.
    const done = begun?.partition !== undefined && begun.after === undefined ? 1 : 0;
    const from = begun?.partition === undefined ? 0 : all.indexOf(begun.partition) + done;
    const lines = new Lines();
    for (const partition of all.slice(from)) {
      const after = partition === begun?.partition ? begun.after : undefined;
      for await (const { items, lastKey } of pagesOf(scope, partition, after)) {
        for (const item of items) this.#line(item, lines);
        this.#place = { in: 'data', partition, after: lastKey };
        if (lastKey === undefined) continue;
        if (await this.#settle(lines)) return false;
      }
      if (await this.#settle(lines)) return false;
    }
    this.#place = { in: 'trail' };
    return !(await this.#settle(lines, true));
  }

  #line(item: Item, lines: Lines): void {
    const kind = kindOf(keyOfItem(item));
    if (kind === undefined || kind.exported !== undefined) return;
    // A deletion record contains the deleted item.
    if (leftOut.includes(deletedKindOf(kind, item) ?? '')) return;
    lines.add(kind.name, lineOf(item));
    this.#counts.set(kind.name, (this.#counts.get(kind.name) ?? 0) + 1);
    this.#items += 1;
  }

  /** Writes buffered lines to files if there are many or time is up. Returns whether to stop. */
  async #settle(lines: Lines, isEnd = false): Promise<boolean> {
    const isOver = this.#of.clock() >= this.#of.until;
    if (!(isOver || isEnd || lines.isFull)) return false;
    const isPut = await lines.into(this.#archive);
    if (isPut || isOver || isEnd) await this.#note();
    return isOver;
  }

  async #trail(): Promise<boolean> {
    const { scope, clock, until } = this.#of;
    let position = this.#place.in === 'trail' ? this.#place.position : undefined;
    for (;;) {
      const { text, leaves, next } = await exportProof(scope, position, clock());
      const lines = text.split('\n').length - 1;
      const path = `${trailFolder}${String(this.#archive.files.length + 1).padStart(6, '0')}.jsonl`;
      const isPut = await this.#archive.add(path, text, lines);
      this.#items += leaves;
      if (next === null) return true;
      position = next;
      this.#place = { in: 'trail', position };
      const isOver = clock() >= until;
      if (isPut || isOver) await this.#note();
      if (isOver) return false;
    }
  }

  async #note(): Promise<void> {
    const { store, objectKey, progress } = this.#of;
    const counts = Object.fromEntries(this.#counts);
    const work: Work = { archive: this.#archive.state, place: this.#place, counts, items: this.#items };
    await store.keep(workKey(objectKey), JSON.stringify(work));
    await progress(this.#items);
  }

  #manifest(): Manifest {
    const { scope, departure, clock } = this.#of;
    return {
      ...{ format: 'mtcms-export', version: formatVersion, organizationId: scope.organizationId },
      ...{ name: departure.name, frozenAt: departure.frozenAt, exportedAt: clock().toISOString() },
      counts: Object.fromEntries([...this.#counts].toSorted()),
      leftOut,
      files: this.#archive.files,
    };
  }
}

/**
 * Exports everything an organization has as one zip of JSON lines, or continues doing so. Memory use is
 * constant, and an interrupted run continues from its last saved state. Returns null if time is up before
 * everything is written.
 */
export async function exportOrganization(
  of: Exporting,
): Promise<{ readonly items: number; readonly bytes: number } | null> {
  const run = await Run.open(of);
  return (await run.go()) ? { items: run.items, bytes: run.bytes } : null;
}
