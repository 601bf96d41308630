import type { Page } from 'playwright-core';

export interface InteractionRow {
  readonly interaction: string;
  /** Milliseconds until the result is visible. */
  readonly duration: number;
  /** The longest time that the page was blocked, ms; 0 if never above 50 ms. */
  readonly longestTask: number;
  /** The longest time from an input to the next paint, ms, in steps of 8; 0: none over 16 ms. */
  readonly nextPaint: number;
}

/** Makes a page record how long it was blocked, and how long it took to paint a response. */
export const watchLongTasks = () => {
  const longest = { duration: 0, nextPaint: 0 };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest.duration = Math.max(longest.duration, duration);
  }).observe({ type: 'longtask' });
  // The threshold is newer than the types.
  const events = { type: 'event', durationThreshold: 16 };
  // Only user input has an interaction id.
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if ('interactionId' in entry && entry.interactionId !== 0)
        longest.nextPaint = Math.max(longest.nextPaint, entry.duration);
  }).observe(events);
  Object.assign(window, { longest });
};

/** How long a user's interaction takes, and how long it blocks the page. */
export async function measure(
  page: Page,
  interaction: string,
  act: () => Promise<void>,
): Promise<InteractionRow> {
  await page.evaluate('Object.assign(window.longest, { duration: 0, nextPaint: 0 })');
  const start = performance.now();
  await act();
  const duration = performance.now() - start;
  // Observers are notified of an event after its paint.
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))');
  const longestTask = Number(await page.evaluate('window.longest.duration'));
  const nextPaint = Number(await page.evaluate('window.longest.nextPaint'));
  return { interaction, duration, longestTask, nextPaint };
}
