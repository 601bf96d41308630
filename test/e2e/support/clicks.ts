import type { BrowserContext } from 'playwright-core';

/** The number of a user's actions: clicks, and Enters that submit something. */
export interface Effort {
  readonly clicks: number;
  readonly enters: number;
}

// Enter on a button causes a click with detail 0, counted once, as an Enter. If an element moves away under
// the mouse, the driver retries: its first press is stopped at the window, before the document sees it.
const watchActs = `
  document.addEventListener('click', (event) => {
    if (event.isTrusted && event.detail > 0) noteAct('clicks');
  }, true);
  document.addEventListener('keydown', (event) => {
    if (event.isTrusted && event.key === 'Enter' && !event.target.closest('textarea')) noteAct('enters');
  }, true);
`;

/**
 * Counts a user's clicks and Enters in a browser, on each of its pages: only trusted events, not those from
 * scripts. Typing isn't counted.
 */
export async function countActs(context: BrowserContext) {
  let counted = { clicks: 0, enters: 0 };
  await context.exposeBinding('noteAct', (_, kind: keyof Effort) => {
    counted[kind] += 1;
  });
  await context.addInitScript(watchActs);
  return {
    /** The clicks of a native list, which no script sees: one opens it, one chooses. */
    choseFromList: () => {
      counted.clicks += 2;
    },
    /** The clicks since the last call. */
    take(): Effort {
      const taken = counted;
      counted = { clicks: 0, enters: 0 };
      return taken;
    },
  };
}
