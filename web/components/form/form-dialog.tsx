import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTexts } from '../../text/language.tsx';
import { Dialog } from '../dialog.tsx';
import { Failed } from '../states.tsx';

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

interface ConfirmProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly action: string;
  readonly pending: boolean;
  readonly error: Error | null;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before something is taken away. */
export const Confirm = ({ children, onConfirm, ...asked }: ConfirmProps) => (
  <FormDialog {...asked} destroys onSubmit={onConfirm}>
    <Text size="sm">{children}</Text>
  </FormDialog>
);

interface ConfirmTypedProps {
  readonly title: string;
  readonly children: ReactNode;
  /** What has to be typed: the name of what is destroyed. */
  readonly name: string;
  readonly label: string;
  readonly action: string;
  /** False while something else that is asked for is missing. */
  readonly isComplete?: boolean;
  readonly pending: boolean;
  readonly error: Error | null;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks for the name of what is destroyed, so that nobody does it in passing. */
export function ConfirmTyped(props: ConfirmTypedProps) {
  const { children, name, label, isComplete = true, onConfirm, ...asked } = props;
  const [typed, setTyped] = useState('');
  const matches = typed.trim() === name.trim();
  return (
    <FormDialog {...asked} destroys isComplete={matches && isComplete} onSubmit={onConfirm}>
      <Text size="sm" component="div">
        {children}
      </Text>
      <TextInput
        label={label}
        data-autofocus
        autoComplete="off"
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
    </FormDialog>
  );
}
