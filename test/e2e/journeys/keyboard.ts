import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { picture } from '../support/pictures.ts';
import { desktop } from '../support/shapes.ts';
import type { World } from '../support/world.ts';

const mostSteps = 60;

/** Keyboard only: sign-in, the palette, a list, a form, a dialog. The focus must be visible at each. */
export async function keyboardJourney(world: World): Promise<readonly string[]> {
  const { page, errors } = await world.visitor(desktop.screen);
  const { keyboard } = page;
  await page.goto(`${world.product.origin}/sign-in`);
  await page.getByRole('list', { name: 'People' }).getByRole('button').first().waitFor();
  await picture(desktop, 'sign-in', { page, part: page.locator('main > div') });
  await expectSeen(page.getByLabel('Search people'));
  await keyboard.type('Sofia');
  await tabTo(page, page.getByRole('button', { name: 'Sofia Keller' }));
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Dashboard' }).waitFor();

  await keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Search or go to…' }).waitFor();
  await keyboard.type('Organizations');
  await keyboard.press('Enter');
  // The dashboard has links with these names too.
  await page.waitForURL('**/admin/organizations');
  await page.getByRole('heading', { name: 'Organizations' }).waitFor();
  await page.getByRole('link', { name: 'Northwind Logistics' }).waitFor();
  await keyboard.press('/');
  await expectSeen(page.getByLabel('Search organizations'));
  await keyboard.type('Cedar');
  await page.getByRole('link', { name: 'Northwind Logistics' }).waitFor({ state: 'detached' });
  await tabTo(page, page.getByRole('link', { name: 'Cedar & Finch Studio' }));
  await keyboard.press('Enter');

  await tabTo(page, page.getByRole('tab', { name: 'Overview' }));
  await keyboard.press('ArrowLeft');
  await expectSeen(page.getByRole('tab', { name: 'Settings' }));
  await tabTo(page, page.getByLabel('Contact phone'));
  await keyboard.type('+44 20 7946 0000');
  await keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: 'Settings saved' }).waitFor();

  const suspend = page.getByRole('button', { name: 'Suspend' });
  await tabTo(page, suspend);
  await keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expectSeen(dialog.getByLabel('Reason'));
  await keyboard.press('Tab');
  await expectSeen(dialog.getByLabel('Type Cedar & Finch Studio to confirm'));
  await keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await expectSeen(suspend);
  return errors;
}

/** Presses Tab until an element is focused; the focus must be visible on the way as well. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let step = 0; step < mostSteps; step += 1) {
    await page.keyboard.press('Tab');
    expect(await page.evaluate("document.activeElement.matches(':focus-visible')")).toBe(true);
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`no way to ${target} by Tab`);
}

/** Waits until an element is focused, visibly. */
async function expectSeen(target: Locator): Promise<void> {
  await target.and(target.page().locator(':focus-visible')).waitFor();
}
