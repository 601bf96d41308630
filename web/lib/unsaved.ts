import { useEffect, useRef } from 'react';

/** The forms of the page in which something is typed that nobody has sent. */
const unsaved = new Set<symbol>();

export const hasUnsaved = (): boolean => unsaved.size > 0;

/** Whoever signs out leaves everything. */
export const forgetUnsaved = (): void => unsaved.clear();

/**
 * Lets the reader be asked before a page is left on which something is typed that nobody has sent: by the
 * browser, and by `LeaveGuard` within the app. Answers what to call when it was sent, before the page goes
 * on.
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
