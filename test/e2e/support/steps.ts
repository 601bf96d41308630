import type { Locator, Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import { words } from './words.ts';
import type { Visitor } from './world.ts';

const { shell, table } = words;

const narrow = 768;

/** No part of the page may require horizontal scrolling. */
export async function expectFits(page: Page): Promise<void> {
  const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth + 1');
  expect(wide, `${page.url()} scrolls sideways`).toBe(false);
}

/** Navigates to a page through the menu, which a phone opens first. */
export async function goTo({ page }: Pick<Visitor, 'page'>, title: string): Promise<void> {
  await expectFits(page);
  if ((page.viewportSize()?.width ?? 0) < narrow)
    await page.getByRole('button', { name: shell.menu, exact: true }).click();
  const left = await page.title();
  const address = page.url();
  const link = menu(page).getByRole('link', { name: title, exact: true });
  await link.click();
  // The previous page may have a link with the same name as the next one.
  const hasLeft = (timeout: number) =>
    vi.waitFor(async () => expect(await page.title()).not.toBe(left), { timeout });
  // On a machine that is busy with other browsers, a click may be lost: clicks again, unless the URL has
  // changed.
  await hasLeft(20_000).catch(() => (page.url() === address ? link.click() : undefined));
  await hasLeft(60_000);
}

export const menu = (page: Page): Locator => page.getByRole('navigation', { name: shell.main });

/** The button of the user menu: next to the pages, or above them on a phone. */
const personButton = (page: Page, person: string): Locator =>
  menu(page).or(page.getByRole('banner')).getByRole('button', { name: person });

/** Signs out through the user menu. */
export async function signOut(page: Page, person: string): Promise<void> {
  await personButton(page, person).click();
  await page.getByRole('menuitem', { name: shell.signOut }).click();
  await page.getByRole('heading', { name: words.session.signIn }).waitFor();
}

/** Fills the fields of a form, by their labels. */
export async function fill(form: Page | Locator, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(values))
    await form.getByRole('textbox', { name: label, exact: true }).fill(value);
}

/** Filters a list by an option of one of its filters. */
export async function filterBy(page: Page, filter: string, choice: string): Promise<void> {
  await page.getByRole('button', { name: table.filter, exact: true }).click();
  await page.getByRole('combobox', { name: filter, exact: true }).selectOption({ label: choice });
  await page.keyboard.press('Escape');
}

/** The chip of an active filter; a click removes it. */
export const chip = (page: Page, filter: string, choice: string): Locator =>
  page.getByRole('button', { name: table.removeFilter(table.chip(filter, choice)), exact: true });

/** Chooses from a field's dropdown list by typing. */
export async function pick(page: Page | Locator, field: string, choice: string): Promise<void> {
  const input = page.getByRole('combobox', { name: field, exact: true });
  await input.click();
  await input.fill(choice);
  // Lists are rendered outside the page's main element.
  await input.page().getByRole('option', { name: choice }).first().click();
}

/** The notification with this text. */
export const notice = (page: Page, message: string): Locator =>
  page.getByRole('alert').filter({ hasText: message });

/** An audit log entry that contains all of these names. */
export function entryOf(page: Page, ...names: readonly string[]): Locator {
  const entries = page.getByRole('list', { name: words.audit.entries }).getByRole('listitem');
  return names.reduce((found, hasText) => found.filter({ hasText }), entries).first();
}

/** A step of the setup guide: opens it, and follows its link. */
export async function goToStep(page: Page, step: keyof typeof words.home.steps): Promise<void> {
  const { title, action } = words.home.steps[step];
  const steps = page.getByRole('region', { name: words.home.setup });
  await steps.getByText(title).first().waitFor();
  const link = steps.getByRole('link', { name: action, exact: true });
  if (!(await link.isVisible())) await steps.getByRole('button', { name: title }).click();
  await link.click();
}
