import { createElement, Fragment, type ReactNode } from 'react';

/** A sentence in which things may stand that are more than text, such as links: used as a template's tag. */
export const sentence = (texts: TemplateStringsArray, ...things: readonly ReactNode[]): ReactNode =>
  createElement(Fragment, null, ...texts.flatMap((text, index) => [text, things[index]]));

/** What a sentence of the audit log can speak of. Fields are paths such as `goal.target`. */
export interface Told {
  /** Who did it. */
  readonly who: ReactNode;
  /** To whom or what, by name. */
  readonly it: ReactNode;
  /** Whether somebody did it to themselves. */
  readonly isSelf: boolean;
  /** What stood in a field before, in words. */
  readonly was: (field: string) => ReactNode;
  /** What stands in it now; of something that is gone, what stood in it at last. */
  readonly now: (field: string) => ReactNode;
  /** The same as it is stored; undefined if there is nothing in it. */
  readonly stored: (field: string) => unknown;
  /** Whether the field is among those that differ. */
  readonly differs: (field: string) => boolean;
}

export type Sentence = (told: Told) => ReactNode;

/** What a feature says of the actions of its nouns, in one language. */
export interface Sentences {
  /** By action; one without a sentence is told by what differs, or by its name. */
  readonly actions: Readonly<Record<string, Sentence>>;
  /** Fields as they stand in a sentence ("the target"), by path or by the last name in it. */
  readonly fields?: Readonly<Record<string, string>>;
  /** By action, of changes that undid another one: what was undone. */
  readonly undone?: Readonly<Record<string, Sentence>>;
}
