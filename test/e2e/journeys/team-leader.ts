import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { picture } from '../support/pictures.ts';
import type { Shape } from '../support/shapes.ts';
import { expectFits, fill, goTo, menu, notice } from '../support/steps.ts';
import { unexpected } from '../support/watch.ts';
import type { Visitor, World } from '../support/world.ts';

/** What a team's leader does: reports this week's values, gives the team a KPI, sees to its members. */
export async function teamLeaderJourney(world: World, shape: Shape): Promise<string[]> {
  const leader = await world.visitor(shape.screen);
  const { page } = leader;
  await leader.signInAs(`Team lead · ${shape.organization}`);
  const home = page.getByRole('region', { name: shape.team, exact: true });
  const [first, second] = shape.kpis;
  await home.getByLabel(`Check in for ${first}`).waitFor();
  await picture(shape, 'team-home', { page });
  await home.getByLabel(`Check in for ${first}`).fill('94.5');
  await page.keyboard.press('Enter');
  await home.getByRole('row', { name: first }).getByText('94.5').waitFor();
  await home.getByLabel(`Check in for ${second}`).waitFor();
  expect(await menu(page).getByRole('link', { name: 'Audit log' }).count()).toBe(0);

  await goTo(leader, 'KPIs');
  await measureSomethingNew(leader, shape);

  await goTo(leader, 'Teams');
  await page.getByRole('link', { name: shape.team }).click();
  await inviteIntoTeam(page, shape);
  await page.goBack();
  await page.getByRole('tab', { name: 'Analytics' }).click();
  await page.getByRole('table', { name: 'Team KPIs' }).getByText(second).waitFor();
  await expectFits(page);

  const settings = new URL(page.url()).pathname.replace(/teams.*/, 'settings');
  await page.goto(`${world.product.origin}${settings}`);
  await page.getByRole('heading', { name: 'You don’t have access to this page' }).waitFor();
  return unexpected(leader.errors);
}

/** A KPI from its first day to its last: created, reported on, corrected, deleted. */
async function measureSomethingNew({ page, sent }: Visitor, shape: Shape): Promise<void> {
  await page.getByRole('button', { name: 'New KPI' }).click();
  const form = page.getByRole('form', { name: 'New KPI' });
  await fill(form, {
    Name: 'Calls answered',
    Unit: '%',
    'Starting value': '60',
    Target: '90',
  });
  await form.getByLabel('Owner').selectOption({ label: shape.team });
  await picture(shape, 'new-kpi', { page, part: page.getByRole('dialog') });
  await form.getByRole('button', { name: 'Create KPI' }).click();
  await page.getByRole('heading', { name: 'Calls answered' }).waitFor();
  const { pathname } = new URL(page.url());

  await page.getByRole('button', { name: 'Check in for Calls answered' }).click();
  const report = page.getByRole('form', { name: 'Check in for Calls answered' });
  await fill(report, { 'Value (%)': '75', Note: 'The first week' });
  await report.getByRole('button', { name: 'Check in' }).dblclick();
  const values = page.getByRole('table', { name: 'Check-ins' });
  await values.getByText('The first week').waitFor();
  expect(await values.getByRole('row').count()).toBe(2);
  expect(sent.filter((request) => request === `POST /api${pathname}/check-ins`)).toHaveLength(1);

  await values.getByRole('button', { name: 'Correct' }).click();
  await fill(page.getByRole('dialog'), { 'Value (%)': '78' });
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await values.getByText('78 %').waitFor();

  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByLabel('Type Calls answered to confirm').fill('Calls answered');
  await page.getByRole('button', { name: 'Delete KPI' }).click();
  await notice(page, 'Calls answered deleted').waitFor();
}

/** Somebody from outside joins the team by an invitation; nobody else is offered as what they could be. */
async function inviteIntoTeam(page: Page, shape: Shape): Promise<void> {
  await page.getByRole('link', { name: 'Invite to team' }).click();
  const dialog = page.getByRole('dialog', { name: 'Invite people' });
  const email = `nora@joins-${shape.name}.example`;
  await dialog.getByLabel('Names and email addresses').fill(`Nora New <${email}>`);
  await dialog.getByRole('option', { name: shape.team }).first().waitFor({ state: 'attached' });
  expect(await dialog.getByLabel('Role', { exact: true }).textContent()).toBe('Team member');
  expect(await dialog.getByLabel('Team', { exact: true }).textContent()).toBe(shape.team);
  await dialog.getByRole('button', { name: 'Invite 1 person' }).click();
  await page.getByRole('table', { name: 'Results' }).getByText('Invitation sent').waitFor();
  await page.getByRole('button', { name: 'Done' }).click();
}
