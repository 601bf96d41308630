import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { fillOrganization, startOrganization } from '../support/acts.ts';
import { picture } from '../support/pictures.ts';
import type { Shape } from '../support/shapes.ts';
import { chip, entryOf, expectFits, fill, filterBy, goTo, pick } from '../support/steps.ts';
import { unexpected } from '../support/watch.ts';
import { words } from '../support/words.ts';
import type { World } from '../support/world.ts';

const { actions, analytics, audit, common, organizations, shell } = words;

/**
 * A super admin who manages all organizations: sees which need attention, finds one, and previews a change
 * of plan.
 */
export async function superAdminJourney(world: World, shape: Shape): Promise<string[]> {
  const sofia = await world.visitor(shape.screen);
  const { page } = sofia;
  await sofia.signInAs('Sofia Keller');
  const attention = page.getByRole('region', { name: analytics.attention });
  await attention.getByRole('link', { name: 'Oakline Manufacturing' }).first().waitFor();
  await picture(shape, 'dashboard', { page });

  await goTo(sofia, organizations.organizations);
  await page.getByRole('link', { name: 'Northwind Logistics' }).waitFor();
  await picture(shape, 'organizations', { page });
  await findByFilters(page);

  await startOrganization(page);
  await typeWhatIsTaken(page);
  await picture(shape, 'new-organization', { page });
  await leaveTyped(page);

  await page.getByRole('link', { name: 'Harbour Retail Group' }).click();
  await page.getByRole('tab', { name: organizations.subscription }).click();
  const change = page.getByRole('region', { name: organizations.changePlan });
  await change.getByRole('combobox', { name: organizations.plan }).selectOption('starter');
  await page.getByRole('button', { name: organizations.check }).click();
  await page.getByText(organizations.fits).waitFor();
  await picture(shape, 'change-plan', { page, part: change });
  await change.getByRole('combobox', { name: organizations.plan }).selectOption('growth');

  await goTo(sofia, analytics.analytics);
  await page.getByLabel(analytics.metric).selectOption('kpis');
  await page.getByLabel(analytics.by).selectOption('week');
  await page.getByRole('button', { name: analytics.asTable }).click();
  const weeks = page.getByRole('table', { name: analytics.metrics.kpis.title });
  await weeks.getByRole('row').nth(3).waitFor();
  const behind = page.getByRole('region', { name: analytics.drillDown });
  await behind.getByRole('link', { name: 'Northwind Logistics' }).waitFor();

  await goTo(sofia, audit.audit);
  await pick(page, audit.action, actions['organization.created']);
  await entryOf(page, 'Quartz Robotics').waitFor();
  await expectFits(page);
  return unexpected(sofia.errors, 409);
}

/** Filters are part of the URL, so back and forward step through them. */
async function findByFilters(page: Page): Promise<void> {
  const { status, plan } = organizations;
  const [isSuspended, isStarter] = [common.standings.suspended, common.plans.starter];
  const suspended = page.getByRole('link', { name: 'Harbour Retail Group' });
  const served = page.getByRole('link', { name: 'Northwind Logistics' });
  await filterBy(page, status, isSuspended);
  await served.waitFor({ state: 'detached' });
  await filterBy(page, plan, isStarter);
  await page.getByText(organizations.noMatch).waitFor();
  await page.goBack();
  await suspended.waitFor();
  await chip(page, status, isSuspended).waitFor();
  expect(await chip(page, plan, isStarter).count()).toBe(0);
  await page.goBack();
  await served.waitFor();
  await page.goForward();
  await served.waitFor({ state: 'detached' });
  await chip(page, status, isSuspended).click();
  await served.waitFor();
  await page.getByLabel(organizations.find).fill('blue');
  await page.getByRole('link', { name: 'Bluebird Health' }).waitFor();
  await served.waitFor({ state: 'detached' });
}

/** Errors are shown at their fields, and no input is lost. */
async function typeWhatIsTaken(page: Page): Promise<void> {
  const { contactName, contactEmail, createNow } = organizations;
  await fillOrganization(page, 'bluebird  HEALTH', { name: 'Somebody', email: 'not an address' });
  await page.getByRole('button', { name: createNow }).click();
  await page.getByText('Enter a valid email address').waitFor();
  await fill(page, { [contactEmail]: 'somebody@else.example' });
  await page.getByRole('button', { name: createNow }).click();
  await page.getByText('An organization with this name already exists.').waitFor();
  expect(await page.getByLabel(contactName).inputValue()).toBe('Somebody');
}

/** Leaving with unsaved input asks for confirmation, which can be cancelled. */
async function leaveTyped(page: Page): Promise<void> {
  const { title, keep, discard } = shell.unsaved;
  const dialog = page.getByRole('dialog', { name: title });
  const back = page
    .getByRole('navigation', { name: common.breadcrumbs })
    .getByRole('link', { name: organizations.organizations });
  await back.click();
  await dialog.getByRole('button', { name: keep }).click();
  expect(await page.getByLabel(organizations.contactName).inputValue()).toBe('Somebody');
  await back.click();
  await dialog.getByRole('button', { name: discard }).click();
}
