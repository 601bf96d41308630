import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { useTexts } from '../../text/language.tsx';
import { Dialog } from '../dialog.tsx';
import { Failed } from '../states.tsx';
import { DiscardDialog } from './discard-dialog.tsx';
import type { Submission } from './send-form.ts';

interface FormDialogProps {
  readonly title: string;
  readonly size?: 'md' | 'lg' | 'xl';
  /** The form's fields or the question. */
  readonly children: ReactNode;
  /** Label of the submit button. */
  readonly action: string;
  /** Whether it deletes something for good. */
  readonly destroys?: boolean;
  /** False while something required is missing. */
  readonly isComplete?: boolean;
  readonly sending: Submission;
  readonly onClose: () => void;
}

/** A form in a dialog. Errors are shown inside it, so the user can correct them and submit again. */
export function FormDialog(props: FormDialogProps) {
  const { title, size = 'md', children, action, destroys = false, isComplete = true } = props;
  const { sending, onClose } = props;
  const { cancel } = useTexts().common;
  const [asking, ask] = useDisclosure(false);
  const leave = sending.isUnsaved === true ? ask.open : onClose;
  return (
    <Dialog title={title} size={size} onClose={leave}>
      <form
        noValidate
        aria-label={title}
        onSubmit={(event) => {
          event.preventDefault();
          if (isComplete) sending.submit(event);
        }}
      >
        <Stack gap="md">
          {children}
          {sending.error !== null && <Failed error={sending.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={leave}>
              {cancel}
            </Button>
            <Button
              type="submit"
              disabled={!isComplete}
              loading={sending.pending}
              {...(destroys ? { color: 'red.9' } : {})}
            >
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
      {asking && <DiscardDialog onKeep={ask.close} onDiscard={onClose} />}
    </Dialog>
  );
}

interface ConfirmProps extends Pick<FormDialogProps, 'title' | 'children' | 'action' | 'onClose'> {
  /** The mutation that runs on confirmation. */
  readonly change: {
    readonly isPending: boolean;
    readonly error: Error | null;
    readonly mutate: () => void;
  };
}

const confirming = ({ change }: ConfirmProps): Submission => ({
  pending: change.isPending,
  error: change.error,
  submit: () => change.mutate(),
});

/** Asks before something is removed. */
export const Confirm = (props: ConfirmProps) => (
  <FormDialog {...props} destroys sending={confirming(props)}>
    <Text size="sm">{props.children}</Text>
  </FormDialog>
);

interface ConfirmTypedProps extends ConfirmProps {
  /** What has to be typed: the name of what is deleted. */
  readonly name: string;
  readonly label: string;
  /** False while something else required is missing. */
  readonly isComplete?: boolean;
}

/** Asks for the name of what is deleted, to prevent accidental deletion. */
export function ConfirmTyped({ children, name, label, isComplete = true, ...asked }: ConfirmTypedProps) {
  const [typed, setTyped] = useState('');
  const matches = typed.trim() === name.trim();
  return (
    <FormDialog
      {...asked}
      destroys
      isComplete={matches && isComplete}
      sending={confirming({ ...asked, children })}
    >
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
