import { useEffect } from 'react';

/** What has the focus; of an item of a menu, which goes away with it, the menu's button. */
function openerNow(): HTMLElement | null {
  const active = document.activeElement;
  const button = active?.closest('[role=menu]')?.getAttribute('aria-labelledby');
  const opener = typeof button === 'string' ? document.querySelector(`#${CSS.escape(button)}`) : active;
  return opener instanceof HTMLElement ? opener : null;
}

/** Gives the focus back to what had it before, when what is shown over the page goes away. */
export function useReturnFocus(): void {
  useEffect(() => {
    const opener = openerNow();
    return () => opener?.focus({ preventScroll: true });
  }, []);
}
