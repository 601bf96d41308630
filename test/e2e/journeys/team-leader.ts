import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { fillKpi, nameInvited } from '../support/acts.ts';
import { picture } from '../support/pictures.ts';
import type { Shape } from '../support/shapes.ts';
import { expectFits, fill, goTo, menu, notice } from '../support/steps.ts';
import { unexpected } from '../support/watch.ts';
import { words } from '../support/words.ts';
import type { Visitor, World } from '../support/world.ts';

const { audit, common, errors, home, kpis, people, teams } = words;

/** A team's leader: reports this week's values, gives the team a KPI, and manages its members. */
export async function teamLeaderJourney(world: World, shape: Shape): Promise<string[]> {
  const leader = await world.visitor(shape.screen);
  const { page } = leader;
  await leader.signInAs(`${common.roles.team_leader} · ${shape.organization}`);
  const team = page.getByRole('region', { name: shape.team, exact: true });
  const [first, second] = shape.kpis;
  await team.getByLabel(kpis.checkInOf(first)).waitFor();
  await picture(shape, 'team-home', { page });
  await team.getByLabel(kpis.checkInOf(first)).fill('94.5');
  await page.keyboard.press('Enter');
  await team.getByRole('row', { name: first }).getByText('94.5').first().waitFor();
  await team.getByLabel(kpis.checkInOf(second)).waitFor();
  expect(await menu(page).getByRole('link', { name: audit.audit }).count()).toBe(0);

  await goTo(leader, kpis.kpis);
  await measureSomethingNew(leader, shape);

  await goTo(leader, teams.teams);
  await page.getByRole('link', { name: shape.team }).click();
  await inviteIntoTeam(page, shape);
  await goTo(leader, teams.teams);
  await page.getByRole('link', { name: shape.team }).click();
  await page.getByRole('tab', { name: home.analytics }).click();
  await page.getByRole('table', { name: home.teamKpis }).getByText(second).waitFor();
  await expectFits(page);

  const settings = new URL(page.url()).pathname.replace(/teams.*/, 'settings');
  await page.goto(`${world.product.origin}${settings}`);
  await page.getByRole('heading', { name: errors.forbiddenPage }).waitFor();
  return unexpected(leader.errors);
}

const calls = { name: 'Calls answered', unit: '%', baseline: '60', target: '90' };

/** A KPI's lifecycle: created, reported on, corrected, deleted. */
async function measureSomethingNew({ page, sent }: Visitor, shape: Shape): Promise<void> {
  const { name } = calls;
  const form = await fillKpi(page, calls);
  await form.getByLabel(kpis.owner).selectOption({ label: shape.team });
  await picture(shape, 'new-kpi', { page, part: page.getByRole('dialog') });
  await form.getByRole('button', { name: kpis.create }).click();
  await page.getByRole('heading', { name }).waitFor();
  const { pathname } = new URL(page.url());

  await page.getByRole('button', { name: kpis.checkInOf(name) }).click();
  const report = page.getByRole('form', { name: kpis.checkInOf(name) });
  await fill(report, { [kpis.valueIn('%')]: '75', [kpis.note]: 'The first week' });
  await report.getByRole('button', { name: kpis.report }).dblclick();
  const values = page.getByRole('table', { name: kpis.checkIns });
  await values.getByText('The first week').waitFor();
  expect(await values.getByRole('row').count()).toBe(2);
  expect(sent.filter((request) => request === `POST /api${pathname}/check-ins`)).toHaveLength(1);

  await values.getByRole('button', { name: kpis.correct }).click();
  await fill(page.getByRole('dialog'), { [kpis.valueIn('%')]: '78' });
  await page.getByRole('dialog').getByRole('button', { name: common.save }).click();
  await values.getByText('78 %').waitFor();

  await page.getByRole('main').getByRole('button', { name: kpis.delete, exact: true }).click();
  await page.getByLabel(kpis.deleteType(name)).fill(name);
  await page.getByRole('button', { name: kpis.deleteNow }).click();
  await notice(page, kpis.deleted(name)).waitFor();
}

/** An invited user joins the team; no one outside the organization is offered as a member. */
async function inviteIntoTeam(page: Page, shape: Shape): Promise<void> {
  const { inviting } = people;
  await page.getByRole('link', { name: teams.inviteInto }).click();
  const dialog = await nameInvited(page, `Nora New <nora@joins-${shape.name}.example>`);
  await dialog.getByRole('option', { name: shape.team }).first().waitFor({ state: 'attached' });
  const textOf = (label: string) => dialog.getByLabel(label, { exact: true }).textContent();
  expect(await textOf(people.role)).toBe(common.roles.team_member);
  expect(await textOf(people.team)).toBe(shape.team);
  await dialog.getByRole('button', { name: inviting.send(1) }).click();
  await page.getByRole('table', { name: inviting.results }).getByText(inviting.sent).waitFor();
  await page.getByRole('button', { name: inviting.done }).click();
}
