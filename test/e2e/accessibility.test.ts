import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyVisit, localPages, type ProductPage, type Visit } from './support/pages.ts';
import { startWorld, type World } from './support/world.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let world: World;
let visits: readonly Visit[];
beforeAll(async () => {
  world = await startWorld();
  visits = [...(await everyVisit(world.product)), { person: null, pages: localPages }];
});
afterAll(() => world.stop());

// Colours don't depend on the width: each of both comes once.
const looks = [
  { colorScheme: 'light', width: 1440 },
  { colorScheme: 'dark', width: 390 },
] as const;

// Colours that fade from one scheme to the other are in neither.
const stillness = `Promise.allSettled(document.getAnimations()
  .filter(({ effect }) => effect.getComputedTiming().endTime < Infinity)
  .map(({ finished }) => finished))`;

async function violations(page: Page): Promise<string[]> {
  const found: AxeResults = await page.evaluate(`axe.run({ resultTypes: ['violations'] })`);
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** What is wrong with an open page in one look: the page follows the screen and the colours as they change. */
async function problemsOfLook(page: Page, { colorScheme, width }: (typeof looks)[number]): Promise<string[]> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.setViewportSize({ width, height: 900 });
  await page.evaluate(stillness);
  const found = await violations(page);
  const tooWide = await page.evaluate('document.documentElement.scrollWidth > innerWidth + 1');
  const problems = tooWide === true ? [...found, 'wider than the screen'] : found;
  return problems.map((problem) => `${colorScheme}, ${width}: ${problem}`);
}

async function problemsOf(page: Page, { path, ready }: ProductPage): Promise<string[]> {
  await page.goto(`${world.product.origin}${path}`);
  await page.locator(ready).first().waitFor();
  await page.evaluate(axe);
  const found: string[] = [];
  for (const look of looks) found.push(...(await problemsOfLook(page, look)));
  return found.map((problem) => `${path} ${problem}`);
}

/** All of one person's pages, one after another. */
async function problemsOfVisit({ person, pages }: Visit): Promise<string[]> {
  const { page, context, signInAs, errors } = await world.visitor();
  if (person !== null) await signInAs(person);
  const found: string[] = [];
  for (const one of pages) found.push(...(await problemsOf(page, one)));
  await context.close();
  return [...found, ...errors];
}

describe('every page, light at 1440 pixels and dark at 390', () => {
  it('is free of what axe finds, fits its width and reports no error', async () => {
    // Side by side: a browser that waits for one person's page works at another's.
    const problems = await Promise.all(visits.map(problemsOfVisit));
    expect(problems.flat()).toEqual([]);
  });
});
