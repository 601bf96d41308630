import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useReturnFocus } from '../lib/return-focus.ts';

interface DialogProps {
  readonly title: ReactNode;
  readonly size?: 'md' | 'lg';
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** What is shown over the page for as long as it is there. Whoever closes it is back where they were. */
export function Dialog({ title, size = 'md', onClose, children }: DialogProps) {
  useReturnFocus();
  return (
    <Modal opened onClose={onClose} title={title} size={size} centered returnFocus={false}>
      {children}
    </Modal>
  );
}
