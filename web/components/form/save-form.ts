import { hashKey } from '@tanstack/react-query';
import { useState } from 'react';
import type { UpdatedBy } from '../../../domain/updated-by.schema.ts';
import { ApiError } from '../../lib/api-error.ts';
import { useChange } from '../../lib/change.ts';
import { isOwnChange } from '../../lib/own-changes.ts';
import { useUnsavedGuard } from '../../lib/unsaved.ts';
import { type FieldOptions, useFields, useSubmission } from './send-form.ts';

/** Fields that belong together: changing one of them decides about all. */
type Groups<Values> = readonly (readonly (keyof Values & string)[])[];

/**
 * Three-way merge: the other version wherever the user changed nothing, and the fields that both have
 * changed.
 */
export function merged<Values extends object>(
  groups: Groups<Values>,
  { opened, mine, theirs }: { readonly opened: Values; readonly mine: Values; readonly theirs: Values },
): { readonly values: Values; readonly conflicts: readonly (keyof Values & string)[] } {
  const values = { ...theirs };
  const conflicts: (keyof Values & string)[] = [];
  for (const group of groups) {
    const differing = (one: Values, other: Values) =>
      group.filter((name) => hashKey([one[name]]) !== hashKey([other[name]]));
    if (differing(opened, mine).length === 0) continue;
    for (const name of group) values[name] = mine[name];
    if (differing(opened, theirs).length > 0) conflicts.push(...differing(mine, theirs));
  }
  return { values, conflicts };
}

/** An item with its revision, and when and by whom it was last changed. */
export interface Versioned {
  readonly revision: number;
  readonly updatedAt?: string;
  readonly updatedBy?: UpdatedBy | undefined;
}

interface Attempt<Stored, Values> {
  /** The version that the change is based on. */
  readonly opened: Stored;
  readonly values: Values;
  readonly dryRun?: boolean;
}

/** Both users changed the same fields; the user decides. */
export interface Conflict<Stored, Values> {
  readonly fields: readonly (keyof Values & string)[];
  readonly mine: Values;
  readonly theirs: Values;
  /** The other version as a whole. */
  readonly stored: Stored;
  /** Whether it was the same user, in another tab. */
  readonly isOwn: boolean;
}

interface SavingOptions<Stored, Values, Saved> {
  /** The item's id. */
  readonly id: string;
  readonly groups: Groups<Values>;
  readonly valuesOf: (stored: Stored) => Values;
  readonly read: () => Promise<Stored>;
  readonly save: (values: Values, base: Stored, dryRun: boolean) => Promise<Saved>;
  readonly onSaved: (saved: Saved, attempt: Attempt<Stored, Values>) => unknown;
  readonly onError: (error: Error) => void;
  readonly onSettled: () => Promise<unknown>;
}

const isStale = (error: unknown) => error instanceof ApiError && error.code === 'stale';
const mostTries = 3;

/**
 * Saves a change of an item that others may change at the same time. Their changes to other fields are
 * kept; changes to the same fields are a conflict, and nothing is saved until the user has decided.
 */
export function useSaving<Stored extends Versioned, Values extends object, Saved>({
  id,
  groups,
  valuesOf,
  read,
  save,
  onSaved,
  ...options
}: SavingOptions<Stored, Values, Saved>) {
  const saving = useChange({
    ...options,
    mutationFn: async ({ opened, values, dryRun = false }: Attempt<Stored, Values>) => {
      let [base, mine] = [opened, values];
      for (let tries = 1; ; tries += 1) {
        try {
          return { saved: await save(mine, base, dryRun) };
        } catch (error) {
          if (!isStale(error) || tries === mostTries) throw error;
        }
        const stored = await read();
        const theirs = valuesOf(stored);
        const { values: both, conflicts: fields } = merged(groups, { opened: valuesOf(base), mine, theirs });
        const isOwn = isOwnChange(id, base.revision, stored.revision);
        if (fields.length > 0) return { conflict: { fields, mine: both, theirs, stored, isOwn } };
        [base, mine] = [stored, both];
      }
    },
    onSuccess: (outcome, attempt) =>
      outcome.saved === undefined ? undefined : onSaved(outcome.saved, attempt),
  });
  const conflict: Conflict<Stored, Values> | null = saving.data?.conflict ?? null;
  return {
    send: (attempt: Attempt<Stored, Values>) => saving.mutate(attempt),
    isPending: saving.isPending,
    error: saving.error,
    conflict,
    /** Overwrites the other version with the user's values. */
    keepMine: () => {
      if (conflict === null) return;
      const { stored, mine } = conflict;
      saving.mutate({ ...saving.variables, opened: stored, values: mine });
    },
    dismiss: saving.reset,
  };
}

interface SaveOptions<Stored, Values, Saved>
  extends Omit<FieldOptions<Values>, 'initialValues'>,
    Omit<SavingOptions<Stored, Values, Saved>, 'onError'> {
  readonly stored: Stored;
  /** Whether submitting only previews the change. */
  readonly dryRun?: boolean;
}

/**
 * A form that edits an existing item. It is based on the version that was opened, even if a newer one is
 * loaded.
 */
export function useSaveForm<Stored extends Versioned, Values extends object, Saved>(
  options: SaveOptions<Stored, Values, Saved>,
) {
  const { check, fieldOf, onValuesChange, stored, dryRun = false, ...change } = options;
  const { valuesOf } = change;
  const [opened, setOpened] = useState(stored);
  const { form, refuse } = useFields({ initialValues: valuesOf(opened), check, fieldOf, onValuesChange });
  const isUnsaved = hashKey([form.values]) !== hashKey([valuesOf(opened)]);
  const release = useUnsavedGuard(isUnsaved);
  const onSaved: typeof change.onSaved = (saved, attempt) => {
    if (attempt.dryRun !== true) release();
    return change.onSaved(saved, attempt);
  };
  const saving = useSaving({ ...change, onSaved, onError: refuse });
  const sending = {
    ...useSubmission(form, saving, (values) => saving.send({ opened, values, dryRun })),
    isUnsaved,
  };
  return { form, sending, saving, opened, setOpened };
}
