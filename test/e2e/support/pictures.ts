import { join, resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { Shape } from './shapes.ts';

/** The output directory for the pictures of docs/user-guide; `npm run docs:images` copies them from here. */
export const picturesFolder = resolve('test/artifacts/user-guide');

/** The pictures of the user guides, and the screen for each. */
export const pictures = {
  'sign-in': 'desktop',
  dashboard: 'desktop',
  organizations: 'desktop',
  'new-organization': 'desktop',
  'change-plan': 'desktop',
  suspend: 'desktop',
  'setup-guide': 'desktop',
  'two-versions': 'desktop',
  'invite-many': 'desktop',
  audit: 'desktop',
  'team-home': 'desktop',
  'new-kpi': 'desktop',
  'this-week': 'phone',
  'session-ended': 'phone',
} as const satisfies Readonly<Record<string, Shape['name']>>;

/** As much as fits a screen, and a margin around a page's content. */
const tallest = 780;
const margin = 16;

/** Takes a picture of a page's content, or of a part of it, if this is its screen. */
export async function picture(
  { name: screen }: Pick<Shape, 'name'>,
  name: keyof typeof pictures,
  { page, part }: { readonly page: Page; readonly part?: Locator },
): Promise<void> {
  if (pictures[name] !== screen) return;
  const path = join(picturesFolder, `${name}.png`);
  await page.mouse.move(0, 0);
  if (part !== undefined) return void (await part.screenshot({ path, animations: 'disabled' }));
  const content = await page.locator('#content > div').boundingBox();
  if (content === null) throw new Error(`${page.url()} has no content to take a picture of`);
  const { x, y, width, height } = content;
  const clip = {
    x: x - margin,
    y: y - margin,
    width: width + 2 * margin,
    height: Math.min(height + 2 * margin, tallest),
  };
  await page.screenshot({ path, clip, animations: 'disabled' });
}
