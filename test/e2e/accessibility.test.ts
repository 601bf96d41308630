import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { bringEngines, foundByAxe, foundByEqualAccess } from './support/engines.ts';
import { foundOddNames } from './support/odd-names.ts';
import { everyVisit, localPages, type ProductPage, type Visit } from './support/pages.ts';
import { unexpected } from './support/watch.ts';
import { words } from './support/words.ts';
import { startWorld, type World } from './support/world.ts';

let world: World;
let visits: readonly Visit[];
beforeAll(async () => {
  world = await startWorld({ supportAccess: 'reasoned' });
  visits = [...(await everyVisit(world.product)), { person: null, pages: localPages }];
});
afterAll(() => world.stop());

// Colors don't depend on the width, so each color scheme and each width is checked once.
const looks = [
  { colorScheme: 'light', width: 1440 },
  { colorScheme: 'dark', width: 390 },
] as const;

// Colors in a transition belong to neither scheme.
const stillness = `Promise.allSettled(document.getAnimations()
  .filter(({ effect }) => effect.getComputedTiming().endTime < Infinity)
  .map(({ finished }) => finished))`;

// A chart resizes itself a few frames later: report only what stays too wide.
const fits = `new Promise((tell) => {
  const look = (frames) => {
    const isSo = document.documentElement.scrollWidth <= innerWidth + 1;
    if (isSo || frames === 0) tell(isSo);
    else requestAnimationFrame(() => look(frames - 1));
  };
  look(200);
})`;

// Text that its neighbors have squeezed to a few letters.
const squeezed = `[...document.querySelectorAll('main *')].filter((one) =>
  one.clientWidth > 2 && one.clientWidth < 32 && one.textContent.trim().length > 3 &&
  getComputedStyle(one).overflowX !== 'visible' &&
  (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
).map((one) => one.textContent)`;

async function problemsOfSize(page: Page, width: number, height = 900): Promise<string[]> {
  await page.setViewportSize({ width, height });
  const isWide = (await page.evaluate(fits)) !== true;
  const narrow = z.array(z.string()).parse(await page.evaluate(squeezed));
  return [
    ...(isWide ? [`${width}: wider than the screen`] : []),
    ...narrow.map((text) => `${width}: no room for “${text}”`),
  ];
}

/**
 * The violations of the open page in each look: the page adapts to the screen and color scheme as they
 * change.
 */
async function problemsOfLooks(page: Page, part = 'html'): Promise<string[]> {
  const found: string[] = [];
  for (const { colorScheme, width } of looks) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    found.push(...(await problemsOfSize(page, width)));
    await page.evaluate(stillness);
    const problems = await foundByAxe(page, part);
    // It takes twice as long as axe, so pages are checked in the light scheme and dialogs in the dark one.
    if (colorScheme === (part === 'html' ? 'light' : 'dark'))
      problems.push(...(await foundByEqualAccess(page, part)));
    found.push(...problems.map((problem) => `${colorScheme}, ${width}: ${problem}`));
  }
  return found;
}

/** Closes all overlays, one after another, and discards unsaved input. */
async function closeDialogs(page: Page): Promise<void> {
  const dialogs = page.getByRole('dialog');
  const discard = dialogs.getByRole('button', { name: words.shell.unsaved.discard });
  await vi.waitFor(
    async () => {
      if (await discard.isVisible()) await discard.click();
      else if ((await dialogs.count()) > 0) await page.keyboard.press('Escape');
      expect(await dialogs.count()).toBe(0);
    },
    { timeout: 30_000, interval: 200 },
  );
}

async function problemsOfDialog(page: Page, open: (page: Page) => Promise<void>): Promise<string[]> {
  await open(page);
  await page.getByRole('dialog').first().waitFor();
  const found = await problemsOfLooks(page, '[role=dialog]');
  await closeDialogs(page);
  return found.map((problem) => `in a dialog: ${problem}`);
}

async function open(page: Page, { path, ready }: ProductPage): Promise<void> {
  await page.goto(`${world.product.origin}${path}`);
  await page.locator(ready).filter({ visible: true }).first().waitFor();
}

async function problemsOf(page: Page, one: ProductPage): Promise<string[]> {
  await open(page, one);
  await bringEngines(page);
  const found = await problemsOfLooks(page);
  // A screen of 1440 by 900 pixels, at 200 %.
  found.push(...(await problemsOfSize(page, 720, 450)));
  for (const dialog of one.dialogs ?? []) found.push(...(await problemsOfDialog(page, dialog)));
  return found.map((problem) => `${one.path} ${problem}`);
}

/** All of one user's pages, one after another. */
async function problemsOfVisit({ person, pages }: Visit, problems = problemsOf): Promise<string[]> {
  const { page, context, signInAs, errors } = await world.visitor();
  if (person !== null) await signInAs(person);
  const found: string[] = [];
  for (const one of pages)
    try {
      found.push(...(await problems(page, one)));
    } catch (error) {
      // The other pages are checked anyway.
      found.push(`${one.path} (${one.name}): ${String(error)}`);
    }
  await context.close();
  // The dialog with two versions opens after a refusal.
  return [...found, ...unexpected(errors, 412)];
}

describe('every page and every dialog over it, light at 1440 pixels and dark at 390', () => {
  it('is free of what axe and Equal Access find, fits its width, also at 200 %, and reports no error', async () => {
    // Concurrently: a browser waiting for one user's page works on another's.
    const problems = await Promise.all(visits.map((visit) => problemsOfVisit(visit)));
    expect(problems.flat()).toEqual([]);
  }, 600_000);
});

describe('names as long as they may be, without a space, or from right to left, and figures from 10⁻⁶ to 10¹²', () => {
  it('make no page wider than the screen', async () => {
    const { admin, ofAdmin, ofPlatform } = await foundOddNames(world.product);
    const widths = async (page: Page, one: ProductPage): Promise<string[]> => {
      await open(page, one);
      const found = [...(await problemsOfSize(page, 390)), ...(await problemsOfSize(page, 1440))];
      return found.map((problem) => `${one.path} ${problem}`);
    };
    const odd = [
      { person: admin, pages: ofAdmin },
      { person: 'Sofia Keller', pages: ofPlatform },
    ];
    const problems = await Promise.all(odd.map((visit) => problemsOfVisit(visit, widths)));
    expect(problems.flat()).toEqual([]);
  });
});
