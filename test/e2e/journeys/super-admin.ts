import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { picture } from '../support/pictures.ts';
import type { Shape } from '../support/shapes.ts';
import { expectFits, fill, goTo } from '../support/steps.ts';
import { unexpected } from '../support/watch.ts';
import type { World } from '../support/world.ts';

/**
 * What somebody does who looks after all organizations: sees what needs them, finds one, asks what a plan
 * would change.
 */
export async function superAdminJourney(world: World, shape: Shape): Promise<string[]> {
  const sofia = await world.visitor(shape.screen);
  const { page } = sofia;
  await sofia.signInAs('Sofia Keller');
  const attention = page.getByRole('region', { name: 'Needs attention' });
  await attention.getByRole('link', { name: 'Oakline Manufacturing' }).first().waitFor();
  await picture(shape, 'dashboard', { page });

  await goTo(sofia, 'Organizations');
  await page.getByRole('link', { name: 'Northwind Logistics' }).waitFor();
  await picture(shape, 'organizations', { page });
  await findByFilters(page);

  await page.getByRole('link', { name: 'New organization' }).click();
  await typeWhatIsTaken(page);
  await picture(shape, 'new-organization', { page });

  // Nothing that was typed is lost without being asked.
  await goTo(sofia, 'Organizations', { discards: true });
  await page.getByRole('link', { name: 'Harbour Retail Group' }).click();
  await page.getByRole('tab', { name: 'Plan' }).click();
  await page.getByRole('combobox', { name: 'Plan', exact: true }).selectOption('starter');
  await page.getByRole('button', { name: 'Preview changes' }).click();
  await page.getByText('Current usage fits the new plan.').waitFor();
  await picture(shape, 'change-plan', {
    page,
    part: page.getByRole('region', { name: 'Change plan' }),
  });

  await goTo(sofia, 'Analytics', { discards: true });
  await page.getByLabel('Metric').selectOption('kpis');
  await page.getByLabel('Interval').selectOption('week');
  await page.getByRole('button', { name: 'Show as table' }).click();
  await page.getByRole('table', { name: 'KPIs' }).getByRole('row').nth(3).waitFor();
  const behind = page.getByRole('region', { name: 'Top organizations' });
  await behind.getByRole('link', { name: 'Northwind Logistics' }).waitFor();

  await goTo(sofia, 'Audit log');
  await page.getByRole('combobox', { name: 'Activity' }).click();
  await page.getByRole('option', { name: 'All: Organization' }).click();
  const entries = page.getByRole('list', { name: 'Audit log entries' });
  await entries.getByText('created the organization').first().waitFor();
  await expectFits(page);
  return unexpected(sofia.errors, 409);
}

/** Filters stand in the address: back and forward go through them. */
async function findByFilters(page: Page): Promise<void> {
  const suspended = page.getByRole('link', { name: 'Harbour Retail Group' });
  const served = page.getByRole('link', { name: 'Northwind Logistics' });
  const chip = page.getByRole('button', { name: /^Remove filter: Status/ });
  await filterBy(page, 'Status', 'inactive');
  await served.waitFor({ state: 'detached' });
  await filterBy(page, 'Plan', 'starter');
  await page.getByText('No organizations match these filters').waitFor();
  await page.goBack();
  await suspended.waitFor();
  await chip.waitFor();
  await page.goBack();
  await served.waitFor();
  await page.goForward();
  await served.waitFor({ state: 'detached' });
  await chip.click();
  await page.getByLabel('Search organizations').fill('blue');
  await page.getByRole('link', { name: 'Bluebird Health' }).waitFor();
  await served.waitFor({ state: 'detached' });
}

async function filterBy(page: Page, label: string, value: string): Promise<void> {
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('combobox', { name: label, exact: true }).selectOption(value);
  await page.keyboard.press('Escape');
}

/** What is wrong is said at its field, and nothing that was typed is lost. */
async function typeWhatIsTaken(page: Page): Promise<void> {
  await fill(page, {
    Name: 'bluebird  HEALTH',
    'Contact name': 'Somebody',
    'Contact email': 'not an address',
  });
  await page.getByRole('button', { name: 'Create and invite' }).click();
  await page.getByText('Enter a valid email address').waitFor();
  await fill(page, { 'Contact email': 'somebody@else.example' });
  await page.getByRole('button', { name: 'Create and invite' }).click();
  await page.getByText('An organization with this name already exists.').waitFor();
  expect(await page.getByLabel('Contact name').inputValue()).toBe('Somebody');
}
