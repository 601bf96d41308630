import type { ReactNode } from 'react';
import type { Told } from '../../text/sentence.ts';

/** How a language tells what no feature has a sentence for. Fields stand as in `Sentences.fields`. */
export interface Grammar {
  readonly renamed: (told: Told, before: ReactNode) => ReactNode;
  readonly fromTo: (told: Told, field: string, before: ReactNode, after: ReactNode) => ReactNode;
  readonly setTo: (told: Told, field: string, after: ReactNode) => ReactNode;
  readonly cleared: (told: Told, field: string) => ReactNode;
  /** @param fields one or several, as a list in words */
  readonly edited: (told: Told, fields: string) => ReactNode;
  /** A field that nobody has a phrase for, by its name. */
  readonly field: (name: string) => string;
  /** Further fields, at the end of a list. */
  readonly others: (count: number) => string;
  /** An action by its name: "Team created". */
  readonly plain: (told: Told, action: ReactNode) => ReactNode;
  /** That something was put back; `fields` are its names in a list, empty if there are none. */
  readonly undid: (told: Told, fields: string) => ReactNode;
  /** That what an undo had brought back was taken away again. */
  readonly undidRestoring: (told: Told) => ReactNode;
  /** What somebody did several times in a row, by action. */
  readonly times: Readonly<Record<string, (told: Told, count: number) => ReactNode>>;
}
