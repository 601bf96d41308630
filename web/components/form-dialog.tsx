import { Button, Group, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useTexts } from '../text/language.tsx';
import { Dialog } from './dialog.tsx';
import { Failed } from './states.tsx';

interface FormDialogProps {
  readonly title: string;
  readonly size?: 'md' | 'lg';
  /** What is filled in, or asked. */
  readonly children: ReactNode;
  /** What the button says that sends it. */
  readonly action: string;
  /** Whether it takes something away that doesn't come back. */
  readonly destroys?: boolean;
  /** False while something is missing that has to be there. */
  readonly isComplete?: boolean;
  readonly pending: boolean;
  /** What went wrong and belongs to no field. */
  readonly error: Error | null;
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  readonly onClose: () => void;
}

/** A form over the page; what went wrong stays in it, where it can be mended and sent again. */
export function FormDialog(props: FormDialogProps) {
  const { title, size = 'md', children, action, destroys = false, isComplete = true } = props;
  const { pending, error, onSubmit, onClose } = props;
  const { cancel } = useTexts().common;
  return (
    <Dialog title={title} size={size} onClose={onClose}>
      <form
        noValidate
        aria-label={title}
        onSubmit={(event) => {
          event.preventDefault();
          if (isComplete) onSubmit(event);
        }}
      >
        <Stack gap="md">
          {children}
          {error !== null && <Failed error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {cancel}
            </Button>
            <Button
              type="submit"
              disabled={!isComplete}
              loading={pending}
              {...(destroys ? { color: 'red.9' } : {})}
            >
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
