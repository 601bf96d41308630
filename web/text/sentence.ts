import { createElement, Fragment, type ReactNode } from 'react';
import type { Language } from './language.tsx';

/** A template tag for sentences that contain React nodes, such as links. */
export const sentence = (texts: TemplateStringsArray, ...things: readonly ReactNode[]): ReactNode =>
  createElement(Fragment, null, ...texts.flatMap((text, index) => [text, things[index]]));

/** What a sentence of the audit log can refer to. Fields are paths such as `goal.target`. */
export interface Told {
  /** Who did it. */
  readonly who: ReactNode;
  /** The object of the action, by name. */
  readonly it: ReactNode;
  /** Whether the actor and the subject are the same person. */
  readonly isSelf: boolean;
  /** A field's previous value, as text. */
  readonly was: (field: string) => ReactNode;
  /** A field's new value; for a deleted item, its last one. */
  readonly now: (field: string) => ReactNode;
  /** A field's new value as stored; undefined if absent. */
  readonly stored: (field: string) => unknown;
  /** Whether the field has changed. */
  readonly differs: (field: string) => boolean;
}

export type Sentence = (told: Told) => ReactNode;

/** A feature's sentences for its actions, in one language. */
export interface Sentences {
  /** By action. An action without a sentence is described by its changed fields or by its name. */
  readonly actions: Readonly<Record<string, Sentence>>;
  /** Names of fields within a sentence ("the target"), by path or by its last segment. */
  readonly fields?: Readonly<Record<string, string>>;
  /** By action, for changes that undid another one: what was undone. */
  readonly undone?: Readonly<Record<string, Sentence>>;
}

export type SentencesByLanguage = Readonly<Record<Language, Sentences>>;
