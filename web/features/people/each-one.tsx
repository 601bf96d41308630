import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import IconAlertCircle from '@tabler/icons-react/icons/IconAlertCircle';
import IconCircleCheck from '@tabler/icons-react/icons/IconCircleCheck';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { User } from '../../../domain/user/profile.schema.ts';
import { Dialog } from '../../components/dialog.tsx';
import { FormDialog } from '../../components/form/form-dialog.tsx';
import type { Outcome } from '../../components/table/bulk-actions.tsx';
import { ApiError } from '../../lib/api-error.ts';
import { useChange } from '../../lib/change.ts';
import { peopleKey } from '../../lib/queries.ts';
import { useTexts } from '../../text/language.tsx';
import { said } from '../../text/said.ts';
import classes from './person.module.css';

export interface EachOneProps {
  readonly items: readonly User[];
  readonly onDone: (outcome: Outcome<User>) => void;
  readonly onClose: () => void;
}

interface Props extends EachOneProps {
  readonly title: string;
  readonly action: string;
  readonly destroys?: boolean;
  readonly isComplete?: boolean;
  /** What happens, and the choices for it. */
  readonly children: ReactNode;
  readonly act: (user: User) => Promise<unknown>;
}

/** The outcome for one person: done, or why not. */
interface Result {
  readonly user: User;
  readonly error?: Error;
}

/**
 * Runs an action on several people, one after another, after confirmation. If it fails for some, the
 * outcome of each is shown.
 */
export function EachOne({ items, onDone, onClose, act, children, ...props }: Props) {
  const queries = useQueryClient();
  const [results, setResults] = useState<readonly Result[]>([]);
  const { organizationId } = items[0] ?? {};
  const doing = useChange({
    mutationFn: async () => {
      const made: Result[] = [];
      for (const user of items) {
        made.push(
          await act(user).then(
            () => ({ user }),
            (error: unknown) => ({ user, error: asError(error) }),
          ),
        );
        setResults([...made]);
      }
      return made;
    },
    onSuccess: (made) => {
      if (made.every(({ error }) => error === undefined)) onDone({ failed: [] });
    },
    onSettled: () => {
      if (organizationId !== undefined)
        void queries.invalidateQueries({ queryKey: peopleKey(organizationId) });
    },
  });
  const failed = results.filter(({ error }) => error !== undefined).map(({ user }) => user);
  if (doing.isSuccess && failed.length > 0)
    return <Results {...props} results={results} onClose={() => onDone({ failed })} />;
  const sending = { pending: doing.isPending, error: doing.error, submit: () => doing.mutate() };
  return (
    <FormDialog {...props} sending={sending} onClose={onClose}>
      {children}
      {doing.isPending && <Progress value={(results.length / items.length) * 100} aria-label={props.title} />}
    </FormDialog>
  );
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

interface ResultsProps {
  readonly title: string;
  readonly results: readonly Result[];
  readonly onClose: () => void;
}

function Results({ title, results, onClose }: ResultsProps) {
  const texts = useTexts();
  const { people, common } = texts;
  const why = (error: Error) => (error instanceof ApiError ? said(texts, error) : texts.errors.unexpected);
  return (
    <Dialog title={title} onClose={onClose}>
      <Stack gap="md">
        <ul className={classes.lines} aria-label={people.inviting.results}>
          {results.map(({ user: { userId, name }, error }) => (
            <Group key={userId} component="li" gap="xs" wrap="nowrap" align="flex-start">
              {error === undefined ? (
                <IconCircleCheck size={18} color="var(--mantine-color-teal-6)" aria-hidden />
              ) : (
                <IconAlertCircle size={18} color="var(--mantine-color-red-6)" aria-hidden />
              )}
              <Text size="sm" component="div" miw={0}>
                <bdi className={classes.name}>{name}</bdi>{' '}
                <Text span c="dimmed" inherit>
                  {error === undefined ? people.profile.done : why(error)}
                </Text>
              </Text>
            </Group>
          ))}
        </ul>
        <Group justify="flex-end">
          <Button onClick={onClose}>{common.close}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
