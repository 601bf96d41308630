import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { FormDialog } from './form-dialog.tsx';

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
