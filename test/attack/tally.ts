/** The results of one type of attack. */
export class Tally {
  cells = 0;
  /** Reads or grants that should have been refused. */
  readonly leaks: string[] = [];
  /** Changes that should have been refused. */
  readonly changes: string[] = [];
  /** Internal errors, and inconclusive cells that failed for another reason than intended. */
  readonly errors: string[] = [];

  readonly kind: string;

  constructor(kind: string) {
    this.kind = kind;
  }

  get row() {
    const { kind, cells, leaks, changes, errors } = this;
    return { kind, cells, leaks: leaks.length, changes: changes.length, errors: errors.length };
  }

  get findings(): string[] {
    return [
      ...this.leaks.map((what) => `leak: ${what}`),
      ...this.changes.map((what) => `change: ${what}`),
      ...this.errors.map((what) => `error: ${what}`),
    ].map((what) => `${this.kind}: ${what}`);
  }
}

/** Runs `work` for each item, up to `width` at a time. */
export async function inParallel<Item>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}
