import { useEffect, useState } from 'react';

/** The focused element; for a menu item, which disappears with its menu, the menu's button. */
function openerNow(): HTMLElement | null {
  const active = document.activeElement;
  const button = active?.closest('[role=menu]')?.getAttribute('aria-labelledby');
  const opener = typeof button === 'string' ? document.querySelector(`#${CSS.escape(button)}`) : active;
  return opener instanceof HTMLElement ? opener : null;
}

/**
 * Moves the focus to the page heading if the focused element is about to be removed or the focus was
 * already lost, for example to a disabled button. Keyboard and screen reader users continue from there.
 */
export function leaveFocusOf(place: Element): void {
  const focused = openerNow();
  if (focused !== document.body && !place.contains(focused)) return;
  // React restores the previous focus after a commit, so this has to run afterwards.
  queueMicrotask(() => document.querySelector('h1')?.focus({ preventScroll: true }));
}

/** Returns the focus to where it was before when an overlay closes. */
export function useReturnFocus(): void {
  // Captured before the overlay renders, because its opener may be removed with its menu.
  const [before] = useState(openerNow);
  useEffect(() => {
    const opener = before?.isConnected === true ? before : openerNow();
    return () => opener?.focus({ preventScroll: true });
  }, [before]);
}
