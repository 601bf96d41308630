import { useEffect, useRef } from 'react';

/** Forms on the page with unsaved input. */
const unsaved = new Set<symbol>();

export const hasUnsaved = (): boolean => unsaved.size > 0;

/** Signing out discards unsaved input. */
export const forgetUnsaved = (): void => unsaved.clear();

/**
 * Asks for confirmation before leaving a page with unsaved input: through the browser, and through
 * `LeaveGuard` within the app. Returns a function to call once the input was sent, before navigating on.
 */
export function useUnsavedGuard(isUnsaved: boolean): () => void {
  const token = useRef(Symbol('form'));
  useEffect(() => {
    if (!isUnsaved) return;
    const form = token.current;
    unsaved.add(form);
    const ask = (event: Event) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => {
      unsaved.delete(form);
      window.removeEventListener('beforeunload', ask);
    };
  }, [isUnsaved]);
  return () => void unsaved.delete(token.current);
}
