import { Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { FormDialog } from './form-dialog.tsx';

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
