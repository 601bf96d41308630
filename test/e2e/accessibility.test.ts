import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { superAdminEmail } from '../support/product.ts';
import { startWorld, type World } from './support/world.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let world: World;
let bluebird: string;
beforeAll(async () => {
  world = await startWorld();
  const token = await world.product.signIn(superAdminEmail);
  const { body } = await world.product.api('/api/admin/organizations?search=bluebird', { token });
  bluebird = `/admin/organizations/${body.items[0].id}`;
});
afterAll(() => world.stop());

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found: AxeResults = await page.evaluate('axe.run()');
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

const pages = (): readonly (readonly [string, string])[] => [
  ['/admin/dashboard', 'table'],
  ['/admin/organizations', 'table'],
  ['/admin/organizations/new', 'form'],
  [bluebird, 'h1'],
  [`${bluebird}?tab=users`, 'table'],
  [`${bluebird}?tab=invitations`, 'table'],
  [`${bluebird}?tab=usage`, '.recharts-surface'],
  [`${bluebird}?tab=audit`, 'ol li'],
  [`/organizations/${bluebird.split('/').at(-1)}`, 'h1'],
  ['/nothing/here', 'h1'],
  ['/local', 'h1'],
  ['/clerk/outbox', 'h1'],
];

describe.each([
  ['light', 1440],
  ['dark', 390],
  ['light', 390],
  ['dark', 1440],
] as const)('in %s colours, %i pixels wide', (colorScheme, width) => {
  it('every page is free of what axe finds, and fits its width', async () => {
    const { page, signInAs } = await world.visitor({ colorScheme, viewport: { width, height: 900 } });
    const found: string[] = [];
    const look = async (path: string, ready: string) => {
      await page.goto(`${world.product.origin}${path}`);
      await page.locator(ready).first().waitFor();
      found.push(...(await violations(page)).map((violation) => `${path} ${violation}`));
      if (await page.evaluate('document.documentElement.scrollWidth > innerWidth + 1'))
        found.push(`${path} is wider than the screen`);
    };
    await look('/sign-in', 'ul li');
    await signInAs('Sofia Keller');
    for (const [path, ready] of pages()) await look(path, ready);
    await signInAs('Hana Haddad');
    await look('/', 'h1');
    expect(found).toEqual([]);
  });
});
