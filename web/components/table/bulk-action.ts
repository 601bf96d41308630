import type { ReactNode } from 'react';

/** What became of an action on several things: those it failed for, and the first reason. */
export interface Outcome<Item> {
  readonly failed: readonly Item[];
  readonly error?: Error;
}

interface Named<Item> {
  readonly id: string;
  readonly title: string;
  readonly icon?: ReactNode;
  /** Whether it takes something away. */
  readonly dangerous?: boolean;
  /** Whether the reader may do it to this one: of what is selected the others are left out. */
  readonly may: (item: Item) => boolean;
}

interface Question {
  readonly title: string;
  readonly text: string;
  /** What the button says that does it. */
  readonly action: string;
}

interface Runs<Item> extends Named<Item> {
  /** Usually `oneByOne`. */
  readonly run: (items: readonly Item[]) => Promise<Outcome<Item>>;
  /** Asked before it is done. */
  readonly confirm?: (items: readonly Item[]) => Question;
  readonly dialog?: never;
}

interface Asks<Item> extends Named<Item> {
  /** What has to be chosen first, such as a role: a dialog that does it, and says what became of it. */
  readonly dialog: (asked: {
    readonly items: readonly Item[];
    readonly onDone: (outcome: Outcome<Item>) => void;
    readonly onClose: () => void;
  }) => ReactNode;
  readonly run?: never;
  readonly confirm?: never;
}

/** What can be done to all rows that are selected. */
export type BulkAction<Item> = Runs<Item> | Asks<Item>;

/**
 * Does something to one after the other, so that they don't stand in each other's way; goes on after a
 * failure.
 */
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
