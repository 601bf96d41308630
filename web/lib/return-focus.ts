import { useEffect, useState } from 'react';

/** What has the focus; of an item of a menu, which goes away with it, the menu's button. */
function openerNow(): HTMLElement | null {
  const active = document.activeElement;
  const button = active?.closest('[role=menu]')?.getAttribute('aria-labelledby');
  const opener = typeof button === 'string' ? document.querySelector(`#${CSS.escape(button)}`) : active;
  return opener instanceof HTMLElement ? opener : null;
}

/**
 * Gives the focus to the page's heading where what has it goes away for good, or nothing had it any more, as
 * when the button was busy: keys and screen readers go on from there.
 */
export function leaveFocusOf(place: Element): void {
  const focused = openerNow();
  if (focused !== document.body && !place.contains(focused)) return;
  // React holds the focus where it was until it has drawn everything.
  queueMicrotask(() => document.querySelector('h1')?.focus({ preventScroll: true }));
}

/** Gives the focus back to what had it before, when what is shown over the page goes away. */
export function useReturnFocus(): void {
  // Before it is shown: what opened it may be gone right afterwards, with its menu.
  const [before] = useState(openerNow);
  useEffect(() => {
    const opener = before?.isConnected === true ? before : openerNow();
    return () => opener?.focus({ preventScroll: true });
  }, [before]);
}
