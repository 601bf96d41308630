import type { ReactNode } from 'react';
import type { Told } from '../../text/sentence.ts';

/** How a language describes changes for which no feature has a sentence. Fields as in `Sentences.fields`. */
export interface Grammar {
  readonly renamed: (told: Told, before: ReactNode) => ReactNode;
  readonly fromTo: (told: Told, field: string, before: ReactNode, after: ReactNode) => ReactNode;
  readonly setTo: (told: Told, field: string, after: ReactNode) => ReactNode;
  readonly cleared: (told: Told, field: string) => ReactNode;
  /** @param fields one or more names, as a list */
  readonly edited: (told: Told, fields: string) => ReactNode;
  /** A field without a phrase of its own, by name. */
  readonly field: (name: string) => string;
  /** Further fields, at the end of a list. */
  readonly others: (count: number) => string;
  /** An action by its name: "Team created". */
  readonly plain: (told: Told, action: ReactNode) => ReactNode;
  /** Something was restored; `fields` lists its names, empty if there are none. */
  readonly undid: (told: Told, fields: string) => ReactNode;
  /** Something that an undo had restored was removed again. */
  readonly undidRestoring: (told: Told) => ReactNode;
  /** Several repetitions of an action, by action. */
  readonly times: Readonly<Record<string, (told: Told, count: number) => ReactNode>>;
}
