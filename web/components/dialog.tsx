import { getDefaultZIndex, Modal } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useReturnFocus } from '../lib/return-focus.ts';
import { useTexts } from '../text/language.tsx';

interface DialogProps {
  readonly title: ReactNode;
  readonly size?: 'md' | 'lg' | 'xl';
  /** Whether it opens on top of another dialog. */
  readonly above?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** An open list in the dialog handles Escape itself; Mantine marks its input. */
const isForList = ({ target }: KeyboardEvent) =>
  target instanceof Element && target.getAttribute('data-mantine-stop-propagation') === 'true';

/** A modal dialog. Escape closes only the topmost one. Closing it returns the focus to where it was. */
export function Dialog({ title, size = 'md', above = false, onClose, children }: DialogProps) {
  const { close } = useTexts().common;
  useReturnFocus();
  const content = useRef<HTMLDivElement>(null);
  // The focused element may have been disabled or removed with a dialog above; keep the focus in this one.
  useEffect(() => {
    if (document.activeElement === document.body) content.current?.focus();
  });
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing || isForList(event)) return;
    event.stopPropagation();
    onClose();
  };
  return (
    <Modal.Root
      opened
      centered
      size={size}
      zIndex={getDefaultZIndex(above ? 'popover' : 'modal')}
      onClose={onClose}
      closeOnEscape={false}
      onKeyDown={closeOnEscape}
      returnFocus={false}
    >
      <Modal.Overlay />
      <Modal.Content ref={content}>
        {/* Inside a dialog, `header` must not be a banner landmark. */}
        <Modal.Header role="none">
          <Modal.Title fw={600} fz="lg">
            {title}
          </Modal.Title>
          <Modal.CloseButton aria-label={close} />
        </Modal.Header>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
