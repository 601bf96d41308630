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
  await attention.getByRole('link', { name: 'Oakline Manufacturing' }).waitFor();
  await picture(shape, 'dashboard', { page });

  await goTo(sofia, 'Organizations');
  await page.getByRole('link', { name: 'Northwind Logistics' }).waitFor();
  await picture(shape, 'organizations', { page });
  await findByFilters(page);

  await goTo(sofia, 'New organization');
  await typeWhatIsTaken(page);
  await picture(shape, 'new-organization', { page });

  await goTo(sofia, 'Organizations');
  await page.getByRole('link', { name: 'Harbour Retail Group' }).click();
  await page.getByRole('tab', { name: 'Subscription' }).click();
  await page.getByRole('combobox', { name: 'Plan', exact: true }).selectOption('starter');
  await page.getByRole('button', { name: 'Check the change' }).click();
  await page.getByText('All that there is fits the new plan.').waitFor();
  await picture(shape, 'change-plan', {
    page,
    part: page.getByRole('region', { name: 'Change the subscription' }),
  });

  await goTo(sofia, 'Analytics');
  await page.getByLabel('Metric').selectOption('kpis');
  await page.getByLabel('By').selectOption('week');
  await page.getByRole('button', { name: 'Show the figures as a table' }).click();
  await page.getByRole('table', { name: 'KPIs' }).getByRole('row').nth(3).waitFor();
  const behind = page.getByRole('region', { name: 'Organizations behind it' });
  await behind.getByRole('link', { name: 'Northwind Logistics' }).waitFor();

  await goTo(sofia, 'Audit');
  await page.getByLabel('What', { exact: true }).fill('organization.');
  await page.keyboard.press('Enter');
  const entries = page.getByRole('list', { name: 'Audit entries' });
  await entries.getByText('Organization created').first().waitFor();
  await expectFits(page);
  return unexpected(sofia.errors, 409);
}

/** Filters stand in the address: back and forward go through them. */
async function findByFilters(page: Page): Promise<void> {
  const suspended = page.getByRole('link', { name: 'Harbour Retail Group' });
  const served = page.getByRole('link', { name: 'Northwind Logistics' });
  await page.getByLabel('Status').selectOption('inactive');
  await served.waitFor({ state: 'detached' });
  await page.getByRole('combobox', { name: 'Plan', exact: true }).selectOption('starter');
  await page.getByText('No organization matches that').waitFor();
  await page.goBack();
  await suspended.waitFor();
  expect(await page.getByLabel('Status').inputValue()).toBe('inactive');
  await page.goBack();
  await served.waitFor();
  await page.goForward();
  await served.waitFor({ state: 'detached' });
  await page.getByLabel('Status').selectOption('');
  await page.getByLabel('Find an organization').fill('blue');
  await page.getByRole('link', { name: 'Bluebird Health' }).waitFor();
  await served.waitFor({ state: 'detached' });
}

/** What is wrong is said at its field, and nothing that was typed is lost. */
async function typeWhatIsTaken(page: Page): Promise<void> {
  await fill(page, {
    Name: 'bluebird  HEALTH',
    'Contact’s name': 'Somebody',
    'Contact’s e-mail': 'somebody@else.example',
    'Admin’s name': 'Somebody',
    'Admin’s e-mail': 'not an address',
  });
  await page.getByRole('button', { name: 'Create and invite' }).click();
  await page.getByText('must be an e-mail address').waitFor();
  await fill(page, { 'Admin’s e-mail': 'somebody@else.example' });
  await page.getByRole('button', { name: 'Create and invite' }).click();
  await page.getByText('An organization of this name exists already.').waitFor();
  expect(await page.getByLabel('Contact’s name').inputValue()).toBe('Somebody');
}
