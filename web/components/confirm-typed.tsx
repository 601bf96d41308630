import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTexts } from '../text/language.tsx';
import { Failed } from './states.tsx';

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
  const { title, children, name, label, action, pending, error, onConfirm, onClose } = props;
  const { cancel } = useTexts().common;
  const [typed, setTyped] = useState('');
  const matches = typed.trim() === name.trim() && (props.isComplete ?? true);
  return (
    <Modal opened onClose={onClose} title={title} centered>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (matches) onConfirm();
        }}
      >
        <Stack gap="md">
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
          {error !== null && <Failed error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {cancel}
            </Button>
            <Button type="submit" color="red" disabled={!matches} loading={pending}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
