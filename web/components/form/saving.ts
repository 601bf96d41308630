import { hashKey } from '@tanstack/react-query';
import { ApiError } from '../../lib/api-error.ts';
import { useChange } from '../../lib/change.ts';
import { isOwnChange } from '../../lib/own-changes.ts';

/** Fields that mean something only together: who changes one of them decides about all of them. */
type Groups<Values> = readonly (readonly (keyof Values)[])[];

/**
 * One's own change over the version of others: their values where one has changed nothing; and the fields
 * that both have changed.
 */
export function merged<Values extends object>(
  groups: Groups<Values>,
  { opened, mine, theirs }: { readonly opened: Values; readonly mine: Values; readonly theirs: Values },
): { readonly values: Values; readonly conflicts: readonly (keyof Values)[] } {
  const values = { ...theirs };
  const conflicts: (keyof Values)[] = [];
  for (const group of groups) {
    const differing = (one: Values, other: Values) =>
      group.filter((name) => hashKey([one[name]]) !== hashKey([other[name]]));
    if (differing(opened, mine).length === 0) continue;
    for (const name of group) values[name] = mine[name];
    if (differing(opened, theirs).length > 0) conflicts.push(...differing(mine, theirs));
  }
  return { values, conflicts };
}

interface Attempt<Stored, Values> {
  /** What the change is meant for. */
  readonly opened: Stored;
  readonly values: Values;
  readonly dryRun?: boolean;
}

/** Both have changed the same fields: whose are right is for the person to decide. */
interface Conflict<Stored, Values> {
  readonly fields: readonly (keyof Values)[];
  readonly theirs: Stored;
  readonly mine: Values;
  /** Whether it was the same person, in another tab. */
  readonly isOwn: boolean;
}

interface Options<Stored, Values, Saved> {
  /** By which the thing is known. */
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
 * Saves a change of something that others change too. What they have changed meanwhile stays, unless it is
 * what one has changed oneself: that is a conflict, and nothing is saved before it is decided.
 */
export function useSaving<Stored extends { readonly revision: number }, Values extends object, Saved>({
  id,
  groups,
  valuesOf,
  read,
  save,
  onSaved,
  ...options
}: Options<Stored, Values, Saved>) {
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
        const theirs = await read();
        const both = merged(groups, { opened: valuesOf(base), mine, theirs: valuesOf(theirs) });
        const isOwn = isOwnChange(id, base.revision, theirs.revision);
        if (both.conflicts.length > 0)
          return { conflict: { fields: both.conflicts, theirs, mine: both.values, isOwn } };
        [base, mine] = [theirs, both.values];
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
    /** Saves one's own values over theirs. */
    keepMine: () => {
      if (conflict === null) return;
      const { theirs, mine } = conflict;
      saving.mutate({ ...saving.variables, opened: theirs, values: mine });
    },
    dismiss: saving.reset,
  };
}
