import type { ReactNode } from 'react';

/** The outcome of an action on several items: those it failed for, and the first reason. */
export interface Outcome<Item> {
  readonly failed: readonly Item[];
  readonly error?: Error;
}

interface Named<Item> {
  readonly id: string;
  readonly title: string;
  readonly icon?: ReactNode;
  /** Whether it removes something. */
  readonly dangerous?: boolean;
  /** Whether the user may do it to this item; other selected items are left out. */
  readonly may: (item: Item) => boolean;
}

interface Question {
  readonly title: string;
  readonly text: string;
  /** Label of the confirming button. */
  readonly action: string;
}

interface Runs<Item> extends Named<Item> {
  /** Usually `oneByOne`. */
  readonly run: (items: readonly Item[]) => Promise<Outcome<Item>>;
  /** Asked before the action runs. */
  readonly confirm?: (items: readonly Item[]) => Question;
  readonly dialog?: never;
}

interface Asks<Item> extends Named<Item> {
  /** A dialog for what has to be chosen first, such as a role. It runs the action and reports the outcome. */
  readonly dialog: (asked: {
    readonly items: readonly Item[];
    readonly onDone: (outcome: Outcome<Item>) => void;
    readonly onClose: () => void;
  }) => ReactNode;
  readonly run?: never;
  readonly confirm?: never;
}

/** An action on all selected rows. */
export type BulkAction<Item> = Runs<Item> | Asks<Item>;

/** Runs an action on one item after another, so that they don't conflict. Continues after a failure. */
export async function oneByOne<Item>(
  items: readonly Item[],
  act: (item: Item) => Promise<unknown>,
): Promise<Outcome<Item>> {
  const failures: { readonly item: Item; readonly error: Error }[] = [];
  for (const item of items)
    await act(item).catch((error: unknown) => {
      failures.push({ item, error: error instanceof Error ? error : new Error(String(error)) });
    });
  const [first] = failures;
  const failed = failures.map(({ item }) => item);
  return first === undefined ? { failed } : { failed, error: first.error };
}
