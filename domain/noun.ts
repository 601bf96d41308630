import type { ItemKind } from './table/item.ts';

/** What the rest of the product must know of a noun, said once: all that lists nouns goes by `nouns`. */
export interface Noun {
  /** Its folder. Audit actions don't follow from it: each item names its own in full (`trail.actions`). */
  readonly name: string;
  /** What the access rules call it and its parts. */
  readonly subjects: readonly string[];
  /** What it keeps in the table. */
  readonly items: readonly ItemKind[];
}

/** Declares a noun. */
export const noun = <const Declared extends Noun>(declared: Declared): Declared => declared;
