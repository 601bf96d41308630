import type { BrowserContext } from 'playwright-core';

/** How often a person had to act: by the mouse, and by an Enter that sends something. */
export interface Effort {
  readonly clicks: number;
  readonly enters: number;
}

// Enter on a button makes a click of no detail: it is counted once, as an Enter. What moves away under the mouse
// is pressed again: the driver stops the first press at the window, before the document is told.
const watchActs = `
  document.addEventListener('click', (event) => {
    if (event.isTrusted && event.detail > 0) noteAct('clicks');
  }, true);
  document.addEventListener('keydown', (event) => {
    if (event.isTrusted && event.key === 'Enter' && !event.target.closest('textarea')) noteAct('enters');
  }, true);
`;

/**
 * Counts what a person does in a browser, on each of its pages: only what came from mouse and keyboard, not
 * what scripts do. Typing isn't counted.
 */
export async function countActs(context: BrowserContext) {
  let counted = { clicks: 0, enters: 0 };
  await context.exposeBinding('noteAct', (_, kind: keyof Effort) => {
    counted[kind] += 1;
  });
  await context.addInitScript(watchActs);
  return {
    /** What one of the system's own lists takes, which no script sees: one click opens it, one chooses. */
    choseFromList: () => {
      counted.clicks += 2;
    },
    /** What was done since this was asked last. */
    take(): Effort {
      const taken = counted;
      counted = { clicks: 0, enters: 0 };
      return taken;
    },
  };
}
