import { ActionIcon, Button, Group, Text } from '@mantine/core';
import IconX from '@tabler/icons-react/icons/IconX';
import type { ComponentProps } from 'react';
import { type ReactNode, useState } from 'react';
import { useChange } from '../../lib/change.ts';
import { useFormats, useTexts } from '../../text/language.tsx';
import { Confirm } from '../form/form-dialog.tsx';
import { notify, useErrorNotice } from '../notify.tsx';
import classes from './bulk-actions.module.css';

interface Props<Item> {
  readonly selected: readonly Item[];
  readonly actions: readonly BulkAction<Item>[];
  /** Sets the selection. */
  readonly onSelect: (items: readonly Item[]) => void;
  /** Cards have no header checkbox for this. */
  readonly onSelectAll: () => void;
}

interface Chosen<Item> {
  readonly action: BulkAction<Item>;
  readonly items: readonly Item[];
}

interface Begun<Item> {
  readonly id: string;
  readonly items: readonly Item[];
}

/** The number of selected rows, and the actions for them. */
export function BulkBar<Item>({ selected, actions, onSelect, onSelectAll }: Props<Item>) {
  const { table } = useTexts();
  const { number } = useFormats();
  const [asked, ask] = useState<Chosen<Item> | null>(null);
  const sayOutcome = useOutcomeNotice<Item>();
  const actionOf = (id: string) => actions.find((action) => action.id === id);
  const change = useChange({
    // Refers to the action by id: mutation variables are hashed as JSON, which an icon can't be.
    mutationFn: async ({ id, items }: Begun<Item>) => (await actionOf(id)?.run?.(items)) ?? { failed: [] },
    onSuccess: (outcome, { id, items }) => {
      const action = actionOf(id);
      if (action !== undefined) finish({ action, items }, outcome);
    },
  });
  const run = ({ action: { id }, items }: Chosen<Item>) => change.mutate({ id, items });
  const finish = (chosen: Chosen<Item>, outcome: Outcome<Item>) => {
    ask(null);
    sayOutcome(chosen, outcome);
    onSelect(outcome.failed);
  };
  const begin = (action: BulkAction<Item>) => {
    const chosen = { action, items: selected.filter(action.may) };
    if (action.dialog !== undefined || action.confirm !== undefined) ask(chosen);
    else run(chosen);
  };
  return (
    <Group gap="xs" className={classes.bulk} data-bulk role="group" aria-label={table.bulkActions}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={table.clearSelection}
        onClick={() => onSelect([])}
      >
        <IconX size={16} aria-hidden />
      </ActionIcon>
      <Text size="sm" fw={500} role="status" mr="xs">
        {table.selected(number(selected.length))}
      </Text>
      <Button size="xs" variant="subtle" ml="auto" hiddenFrom="sm" onClick={onSelectAll}>
        {table.selectAll}
      </Button>
      <div className={classes.actions}>
        {actions.map((action) => (
          <ActionButton
            key={action.id}
            action={action}
            selected={selected}
            running={change.isPending ? change.variables?.id : undefined}
            onClick={() => begin(action)}
          />
        ))}
      </div>
      {asked !== null && (
        <Asked
          chosen={asked}
          change={{ ...change, mutate: () => run(asked) }}
          onDone={(outcome) => finish(asked, outcome)}
          onClose={() => ask(null)}
        />
      )}
    </Group>
  );
}

interface ActionProps<Item> {
  readonly action: BulkAction<Item>;
  readonly selected: readonly Item[];
  /** The id of the running action. */
  readonly running: string | undefined;
  readonly onClick: () => void;
}

/** An action, with the number of items if it isn't all of them. */
function ActionButton<Item>({ action, selected, running, onClick }: ActionProps<Item>) {
  const { table } = useTexts();
  const { number } = useFormats();
  const count = selected.filter(action.may).length;
  return (
    <Button
      size="xs"
      variant="default"
      flex="none"
      leftSection={action.icon}
      disabled={count === 0 || (running !== undefined && running !== action.id)}
      loading={running === action.id}
      onClick={onClick}
      {...(action.dangerous === true ? { c: 'red' } : {})}
    >
      {count === selected.length ? action.title : table.actionFor(action.title, number(count))}
    </Button>
  );
}

interface AskedProps<Item> {
  readonly chosen: Chosen<Item>;
  readonly change: ComponentProps<typeof Confirm>['change'];
  readonly onDone: (outcome: Outcome<Item>) => void;
  readonly onClose: () => void;
}

function Asked<Item>({ chosen: { action, items }, change, onDone, onClose }: AskedProps<Item>) {
  if (action.dialog !== undefined) return action.dialog({ items, onDone, onClose });
  const question = action.confirm?.(items);
  if (question === undefined) return null;
  const { title, text, action: button } = question;
  return (
    <Confirm title={title} action={button} change={change} onClose={onClose}>
      {text}
    </Confirm>
  );
}

/** Reports how many items the action succeeded for, how many failed, and why. */
function useOutcomeNotice<Item>() {
  const { table } = useTexts();
  const { number } = useFormats();
  const sayError = useErrorNotice();
  return ({ action: { title }, items }: Chosen<Item>, { failed, error }: Outcome<Item>) => {
    const done = number(items.length - failed.length);
    const message =
      failed.length === 0
        ? table.done(title, done)
        : table.partlyDone({ title, done, failed: number(failed.length) });
    notify({ message });
    if (error !== undefined) sayError(error);
  };
}

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
