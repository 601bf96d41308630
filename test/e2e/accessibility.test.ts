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
  visits = await everyVisit(world.product);
});
afterAll(() => world.stop());

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found: AxeResults = await page.evaluate('axe.run()');
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

async function problemsOf(page: Page, { path, ready }: ProductPage): Promise<string[]> {
  await page.goto(`${world.product.origin}${path}`);
  await page.locator(ready).first().waitFor();
  const found = (await violations(page)).map((violation) => `${path} ${violation}`);
  const tooWide = await page.evaluate('document.documentElement.scrollWidth > innerWidth + 1');
  return tooWide === true ? [...found, `${path} is wider than the screen`] : found;
}

describe.each([
  ['light', 1440],
  ['dark', 390],
  ['light', 390],
  ['dark', 1440],
] as const)('in %s colours, %i pixels wide', (colorScheme, width) => {
  it('every page is free of what axe finds, fits its width and reports no error', async () => {
    const { page, signInAs, errors } = await world.visitor({
      colorScheme,
      viewport: { width, height: 900 },
    });
    const found: string[] = [];
    for (const { person, pages } of visits) {
      if (person !== null) await signInAs(person);
      for (const one of pages) found.push(...(await problemsOf(page, one)));
    }
    for (const one of localPages) found.push(...(await problemsOf(page, one)));
    expect(found).toEqual([]);
    expect(errors).toEqual([]);
  });
});
