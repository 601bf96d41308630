import type { Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import { mailTexts } from '../../../domain/reminder/mail.text.ts';
import { peopleOf } from '../../support/people.ts';
import { superAdminEmail } from '../../support/product.ts';
import { picture } from '../support/pictures.ts';
import type { Shape } from '../support/shapes.ts';
import { expectFits, fill, goTo, menu, notice, signOut } from '../support/steps.ts';
import { unexpected } from '../support/watch.ts';
import { words } from '../support/words.ts';
import type { Visitor, World } from '../support/world.ts';

const { home, kpis, mail, organizations, people, personData, session, shell, teams } = words;

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

const answered = 'Calls answered';

/**
 * A member is reminded by email and reports from it, turns reminders off by its link, downloads their data
 * and asks for its erasure, which an admin carries out once they are removed.
 */
export async function remindedMemberJourney(world: World, shape: Shape): Promise<string[]> {
  const { product } = world;
  const { organization, change } = peopleOf(product, await product.signIn(superAdminEmail));
  const of = await organization(`Reminded${shape.name}`);
  const { admin, inA, post } = of;
  await post('/kpis', {
    ...{ name: answered, unit: '%', direction: 'up', baseline: 0, target: 100 },
    period: { start: '2026-01-01', end: '2099-12-31' },
    owner: { kind: 'user', userId: inA.userId },
  });
  const ada = await world.visitor(shape.screen);
  await ada.signInAs(admin.email);
  await turnOnReminders(ada);
  await runSchedules(world, 'Reminders');

  const ann = await world.visitor(shape.screen);
  const stop = await reportFromMail(world, ann.page, inA.email);
  await stopReminders(ann.page, stop);
  await askForData(world, ann.page);
  await ann.page.close();

  expect(await change(of, inA, 'DELETE')).toMatchObject({ status: 200 });
  await eraseData(ada.page, `${product.origin}/organizations/${of.id}/users/${inA.userId}?tab=data`);
  // The file comes from the object store.
  const own = ann.errors.filter((error) => !error.startsWith('asked of http://127.0.0.1:'));
  return unexpected([...ada.errors, ...own]);
}

async function runSchedules({ product }: World, part: string): Promise<void> {
  for (const { name } of product.aws.schedules())
    if (name.includes(part)) await product.aws.runSchedule(name);
}

/** The settings offer every time zone; in one of them it is nine in the morning. */
async function turnOnReminders(ada: Visitor): Promise<void> {
  const { page } = ada;
  const { reminders, settings, savedNow } = organizations;
  const hourIn = (timeZone: string) =>
    new Intl.DateTimeFormat('en', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format();
  const zone = Intl.supportedValuesOf('timeZone').find((one) => hourIn(one) === '09') ?? 'UTC';
  await goTo(ada, settings);
  await page.getByLabel(reminders.name).selectOption('en');
  await page.getByLabel(reminders.timeZone).selectOption(zone);
  await expectFits(page);
  await page.getByRole('button', { name: words.common.save, exact: true }).click();
  await notice(page, savedNow).waitFor();
}

/** The link opens the form, with a sign-in before it. Returns the link that turns reminders off. */
async function reportFromMail({ product }: World, page: Page, email: string): Promise<string> {
  const { reminders, unsubscribe } = mailTexts.en;
  await page.goto(`${product.origin}/clerk/outbox?to=${encodeURIComponent(email)}`);
  await page.getByRole('link', { name: reminders.subject(1, answered) }).click();
  await page.getByText(answered).first().waitFor();
  await expectFits(page);
  const stop = page.getByRole('link', { name: unsubscribe.reminders });
  const at = (await stop.getAttribute('href')) ?? '';
  await page.getByRole('link', { name: reminders.checkIn }).click();
  await page.getByLabel(session.standIn.find).fill(email);
  await page.getByRole('list', { name: session.standIn.people }).getByRole('button').first().click();
  const report = page.getByRole('form', { name: kpis.checkInOf(answered) });
  await fill(report, { [kpis.valueIn('%')]: '95' });
  await report.getByRole('button', { name: kpis.report }).click();
  await page.getByText('95 %').first().waitFor();
  return at;
}

/** Opening the link changes nothing; its button does. In the account they are turned on again. */
async function stopReminders(page: Page, link: string): Promise<void> {
  const { action, title, doneTitle } = mailTexts.en.page;
  await page.goto(link);
  await page.getByRole('heading', { name: title.reminders }).waitFor();
  await expectFits(page);
  await page.getByRole('button', { name: action }).click();
  await page.getByRole('heading', { name: doneTitle }).waitFor();
  await page.goto(new URL('/account', link).href);
  const emails = page.getByRole('region', { name: mail.title });
  const reminders = emails.getByLabel(mail.kinds.reminders);
  await reminders.waitFor();
  expect(await reminders.isChecked()).toBe(false);
  expect(await emails.getByLabel(mail.kinds.webhooks).count()).toBe(0);
  await reminders.check();
  await notice(page, mail.saved).waitFor();
  await expectFits(page);
}

async function askForData(world: World, page: Page): Promise<void> {
  await page.getByRole('button', { name: personData.create }).click();
  await notice(page, personData.requested).waitFor();
  await page.getByRole('button', { name: personData.askErasure }).click();
  const sure = page.getByRole('dialog', { name: personData.sure });
  await sure.getByRole('button', { name: personData.askErasure }).click();
  await notice(page, personData.asked).waitFor();
  const download = page.getByRole('button', { name: personData.download });
  const ready = async () => {
    await runSchedules(world, 'KeepExports');
    await page.reload();
    await page.getByRole('button', { name: personData.withdraw }).waitFor();
    expect(await download.isVisible()).toBe(true);
  };
  await vi.waitFor(ready, { timeout: 240_000, interval: 5000 });
  const [file] = await Promise.all([page.waitForEvent('download'), download.click()]);
  expect(file.suggestedFilename()).toMatch(/\.zip$/);
  await expectFits(page);
}

/** Their own request takes one admin. */
async function eraseData(page: Page, data: string): Promise<void> {
  const approve = page.getByRole('button', { name: personData.approve });
  // A removed user is known by the audit log, which is written a moment later.
  const known = async () => {
    await page.goto(data);
    await approve.waitFor({ timeout: 10_000 });
  };
  await vi.waitFor(known, { timeout: 120_000 });
  await approve.click();
  const sure = page.getByRole('dialog', { name: personData.sure });
  await expectFits(page);
  await sure.getByRole('button', { name: personData.approve }).click();
  await page.getByText(personData.erasureStates.running('')).waitFor();
  expect(await page.getByRole('button', { name: personData.withdraw }).count()).toBe(0);
  await expectFits(page);
}
