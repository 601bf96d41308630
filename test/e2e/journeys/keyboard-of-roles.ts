import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { desktop } from '../support/shapes.ts';
import { menu } from '../support/steps.ts';
import { words } from '../support/words.ts';
import type { World } from '../support/world.ts';

const { common, shell } = words;

/** A user of a role, and what their palette finds by its name. */
export interface RoleAtKeys {
  readonly role: keyof typeof common.roles;
  readonly person: string;
  readonly finds: readonly string[];
}

const [kpi] = desktop.kpis;

export const rolesAtKeys: readonly RoleAtKeys[] = [
  { role: 'super_admin', person: 'Sofia Keller', finds: ['Bluebird Health'] },
  { role: 'org_admin', person: 'Amara Abara', finds: ['Hana Haddad', desktop.team, kpi] },
  { role: 'team_leader', person: 'Chloe Castillo', finds: ['Hana Haddad', desktop.team, kpi] },
  { role: 'team_member', person: 'Hana Haddad', finds: [desktop.team, kpi] },
];

/** From the skip link to the page with Tab alone, and to items through the palette. */
export async function roleAtKeysJourney(world: World, { role, person, finds }: RoleAtKeys) {
  const { page, errors, signInAs } = await world.visitor(desktop.screen);
  await signInAs(person);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await expectWayThroughShell(page, person, role);
  for (const name of finds) await findAndOpen(page, name);
  return errors;
}

// Decorative content is hidden from screen readers.
const focused = `(() => {
  const { activeElement } = document;
  const said = activeElement.cloneNode(true);
  for (const silent of said.querySelectorAll('[aria-hidden=true]')) silent.remove();
  return activeElement.getAttribute('aria-label') ?? said.textContent;
})()`;

/** Tabs backwards from the page's title to the skip link, through everything focusable, and then uses it. */
async function expectWayThroughShell(page: Page, person: string, role: RoleAtKeys['role']): Promise<void> {
  await menu(page).getByRole('link').first().waitFor();
  const pages = await menu(page).getByRole('link').allInnerTexts();
  const way = [`${shell.search}Ctrl K`, ...pages, `${person}${common.roles[role]}`];
  const passed: string[] = [];
  const most = way.length + 2;
  while (passed.length < most && passed[0] !== common.skip) {
    await page.keyboard.press('Shift+Tab');
    expect(await page.evaluate("document.activeElement.matches(':focus-visible')")).toBe(true);
    passed.unshift(String(await page.evaluate(focused)));
  }
  const [first, ...others] = passed;
  expect(first).toBe(common.skip);
  if (role === 'super_admin')
    expect(others.shift()).toBe(`${shell.context.switch('')}Aligno${shell.context.platform}`);
  expect(others).toEqual(way);
  await page.keyboard.press('Enter');
  await page.locator('main:focus').waitFor();
}

/** Typing finds it, the match is marked, and Enter opens it. */
async function findAndOpen(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: shell.find }).waitFor();
  await page.keyboard.type(name);
  await page.locator('[data-action][data-selected]').filter({ hasText: name }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name }).waitFor();
}
