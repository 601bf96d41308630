import { getDefaultZIndex, Modal } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useReturnFocus } from '../lib/return-focus.ts';
import { useTexts } from '../text/language.tsx';

interface DialogProps {
  readonly title: ReactNode;
  readonly size?: 'md' | 'lg' | 'xl';
  /** Whether it is about the dialog in which somebody is working, and lies above it. */
  readonly above?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A list that is open in the dialog takes Escape for itself; Mantine marks its field. */
const isForList = ({ target }: KeyboardEvent) =>
  target instanceof Element && target.getAttribute('data-mantine-stop-propagation') === 'true';

/**
 * What is shown over the page for as long as it is there. Escape closes the uppermost only: what was typed
 * below is still there. Whoever closes it is back where they were.
 */
export function Dialog({ title, size = 'md', above = false, onClose, children }: DialogProps) {
  const { close } = useTexts().common;
  useReturnFocus();
  const content = useRef<HTMLDivElement>(null);
  // What had the focus may have been disabled, or gone with a dialog above: keys are still for this one.
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
        {/* Within a dialog it is no banner of the page, which `header` would make it. */}
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
