import type { Locator, Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import type { Visitor } from './world.ts';

const narrow = 768;

/** Nothing of the page is to be reached only by scrolling sideways. */
export async function expectFits(page: Page): Promise<void> {
  const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth + 1');
  expect(wide, `${page.url()} scrolls sideways`).toBe(false);
}

/** Goes to a page by the menu, which a phone opens first; `discards` what was typed and not saved. */
export async function goTo(
  { page }: Pick<Visitor, 'page'>,
  title: string,
  { discards = false } = {},
): Promise<void> {
  await expectFits(page);
  if ((page.viewportSize()?.width ?? 0) < narrow) await page.getByRole('button', { name: 'Menu' }).click();
  const left = await page.title();
  await menu(page).getByRole('link', { name: title, exact: true }).click();
  if (discards) await page.getByRole('button', { name: 'Discard changes' }).click();
  // A link of the page one leaves may have the name of one on the page one goes to.
  await vi.waitFor(async () => expect(await page.title()).not.toBe(left), { timeout: 15_000 });
}

export const menu = (page: Page): Locator => page.getByRole('navigation', { name: 'Main' });

/** Signs out by the menu of the person. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('button').last().click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
}

/** Fills the fields of a form, by their labels. */
export async function fill(form: Page | Locator, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(values))
    await form.getByRole('textbox', { name: label, exact: true }).fill(value);
}

/** The notice at the page's edge that says so. */
export const notice = (page: Page, words: string): Locator =>
  page.getByRole('alert').filter({ hasText: words });
