import { expect } from 'vitest';
import { picture } from '../support/pictures.ts';
import type { Shape } from '../support/shapes.ts';
import { expectFits, fill, goTo, menu, notice, signOut } from '../support/steps.ts';
import { unexpected } from '../support/watch.ts';
import { words } from '../support/words.ts';
import type { Visitor, World } from '../support/world.ts';

const { home, kpis, people, session, shell, teams } = words;

/** Longer than a session token's lifetime. */
const whileMs = 120_000;

/** A team member: reports this week's values, and looks at the team. */
export async function teamMemberJourney(world: World, shape: Shape): Promise<string[]> {
  const member = await world.visitor(shape.screen);
  const { page } = member;
  const [other, kpi] = shape.kpis;
  await member.signInAs(shape.member);
  const work = page.getByRole('table', { name: home.yourKpis });
  await work.getByLabel(kpis.checkInOf(kpi)).fill('a lot');
  await page.keyboard.press('Enter');
  await page.getByText(kpis.valueNumber).waitFor();
  await work.getByLabel(kpis.checkInOf(kpi)).fill('21.5');
  await picture(shape, 'this-week', { page });
  await page.keyboard.press('Enter');
  await work.getByRole('row', { name: kpi }).getByText('21.5').first().waitFor();
  expect(await menu(page).getByRole('link', { name: people.users }).count()).toBe(0);

  await goTo(member, kpis.kpis);
  await page.getByRole('button', { name: kpis.checkInOf(other) }).click();
  await reportAcrossSessions(member, shape);

  await goTo(member, teams.teams);
  await page.getByRole('link', { name: shape.team }).click();
  await page.getByRole('table', { name: teams.members }).getByText(teams.roles.leader).first().waitFor();
  expect(await page.getByRole('button', { name: teams.addMembers }).count()).toBe(0);
  await expectFits(page);
  return unexpected(member.errors, 401);
}

/** The session ends while the user is typing: they sign in over the page, and their input is still there. */
async function reportAcrossSessions({ page, openTab }: Visitor, shape: Shape): Promise<void> {
  const [other] = shape.kpis;
  const report = page.getByRole('form', { name: kpis.checkInOf(other) });
  await fill(report, { [kpis.note]: 'A long explanation' });
  const tab = await openTab('/');
  await signOut(tab, shape.member);
  await tab.close();
  await page.clock.setFixedTime(Date.now() + whileMs);
  await fill(report, { [kpis.valueIn('%')]: '95' });
  await report.getByRole('button', { name: kpis.report }).click();
  const ended = page.getByRole('dialog', { name: shell.sessionEnded.title });
  await ended.getByLabel(session.standIn.find).fill(shape.member);
  await picture(shape, 'session-ended', { page, part: ended });
  await ended.getByRole('list', { name: session.standIn.people }).getByRole('button').first().click();
  await ended.waitFor({ state: 'detached' });
  const comment = report.getByRole('textbox', { name: kpis.note, exact: true });
  expect(await comment.inputValue()).toBe('A long explanation');
  await report.getByRole('button', { name: kpis.report }).click();
  await notice(page, kpis.reported(other, '95')).waitFor();
}
