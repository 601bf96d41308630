/** One line of the product whose weakening, by mistake or not, must make the listed tests fail. */
export interface Weakening {
  readonly what: string;
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly from: string;
  readonly to: string;
  readonly project: 'unit' | 'infra' | 'domain';
  readonly tests: readonly string[];
}

/** Paths of unit tests. */
export const unit = (...names: string[]) => names.map((name) => `test/unit/${name}.test.ts`);
