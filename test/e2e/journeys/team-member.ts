import { expect } from 'vitest';
import { picture } from '../support/pictures.ts';
import type { Shape } from '../support/shapes.ts';
import { expectFits, fill, goTo, menu, notice, signOut } from '../support/steps.ts';
import { unexpected } from '../support/watch.ts';
import type { Visitor, World } from '../support/world.ts';

/** Longer than a session token lives. */
const whileMs = 120_000;

/** What a team member does: reports this week's values, and looks at the team. */
export async function teamMemberJourney(world: World, shape: Shape): Promise<string[]> {
  const member = await world.visitor(shape.screen);
  const { page } = member;
  const [other, kpi] = shape.kpis;
  await member.signInAs(shape.member);
  const work = page.getByRole('table', { name: 'Your KPIs' });
  await work.getByLabel(`Check in for ${kpi}`).fill('a lot');
  await page.keyboard.press('Enter');
  await page.getByText('Enter a number, such as 12.5').waitFor();
  await work.getByLabel(`Check in for ${kpi}`).fill('21.5');
  await picture(shape, 'this-week', { page });
  await page.keyboard.press('Enter');
  await work.getByRole('row', { name: kpi }).getByText('21.5').waitFor();
  expect(await menu(page).getByRole('link', { name: 'Users' }).count()).toBe(0);

  await goTo(member, 'KPIs');
  await page.getByRole('button', { name: `Check in for ${other}` }).click();
  await reportAcrossSessions(member, shape);

  await goTo(member, 'Teams');
  await page.getByRole('link', { name: shape.team }).click();
  await page.getByRole('table', { name: 'Members' }).getByText('Lead').first().waitFor();
  expect(await page.getByRole('button', { name: 'Add members' }).count()).toBe(0);
  await expectFits(page);
  return unexpected(member.errors, 401);
}

/** The session ends while somebody types: they sign in over the page, and what they typed is still there. */
async function reportAcrossSessions({ page, openTab }: Visitor, shape: Shape): Promise<void> {
  const report = page.getByRole('form', { name: /^Check in for/ });
  await fill(report, { Note: 'A long explanation' });
  const tab = await openTab('/');
  await signOut(tab);
  await tab.close();
  await page.clock.setFixedTime(Date.now() + whileMs);
  await report.getByRole('textbox', { name: /^Value \(/ }).fill('95');
  await report.getByRole('button', { name: 'Check in' }).click();
  const ended = page.getByRole('dialog', { name: 'Your session has ended' });
  await ended.getByLabel('Search people').fill(shape.member);
  await picture(shape, 'session-ended', { page, part: ended });
  await ended.getByRole('list', { name: 'People' }).getByRole('button').first().click();
  await ended.waitFor({ state: 'detached' });
  expect(await report.getByRole('textbox', { name: 'Comment' }).inputValue()).toBe('A long explanation');
  await report.getByRole('button', { name: 'Check in' }).click();
  await notice(page, 'Checked in for').waitFor();
}
