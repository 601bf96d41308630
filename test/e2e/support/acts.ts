import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { fill, goTo } from './steps.ts';
import { words } from './words.ts';
import type { Visitor, World } from './world.ts';

const { organizations, people, teams, kpis } = words;

/** A person to invite. */
export interface Invited {
  readonly name: string;
  readonly email: string;
}

/** From the list of organizations to the form of a new one. */
export async function startOrganization(page: Page): Promise<void> {
  const main = page.getByRole('main');
  await main.getByRole('link', { name: organizations.newOrganization }).click();
  await main.getByRole('form', { name: organizations.newOrganization }).waitFor();
}

/** Fills in a new organization whose contact is also its first admin. */
export const fillOrganization = (page: Page, name: string, contact: Invited): Promise<void> =>
  fill(page, {
    [organizations.name]: name,
    [organizations.contactName]: contact.name,
    [organizations.contactEmail]: contact.email,
  });

/** Accepts the latest invitation of an address through the email in the outbox, as a user does. */
export async function acceptByMail(world: World, { page }: Visitor, { name, email }: Invited): Promise<void> {
  await page.goto(`${world.product.origin}/clerk/outbox?to=${encodeURIComponent(email)}`);
  await page
    .getByRole('link', { name: /accept/i })
    .first()
    .click();
  expect(await page.getByLabel('Your name').inputValue()).toBe(name);
  await page.getByRole('button', { name: /accept/i }).click();
  await page.getByRole('navigation', { name: words.shell.main }).waitFor({ state: 'attached' });
}

/** Enters people in the open invitation dialog. */
export async function nameInvited(page: Page, list: string): Promise<Locator> {
  const dialog = page.getByRole('dialog', { name: people.inviting.title });
  // The URL may open the page with the dialog.
  const button = page.getByRole('main').getByRole('button', { name: people.invitePeople });
  await dialog.or(button).first().waitFor();
  if (!(await dialog.isVisible())) await button.first().click();
  await dialog.getByLabel(people.inviting.label).fill(list);
  return dialog;
}

/** Invites people from the invitations page, all with one role. */
export async function invitePeople(page: Page, invited: readonly Invited[], role?: string): Promise<void> {
  const { inviting } = people;
  const list = invited.map(({ name, email }) => `${name} <${email}>`).join('\n');
  const dialog = await nameInvited(page, list);
  if (role !== undefined) await dialog.getByLabel(people.role, { exact: true }).selectOption({ label: role });
  await dialog.getByRole('button', { name: inviting.send(invited.length) }).click();
  const results = page.getByRole('table', { name: inviting.results });
  await results
    .getByText(inviting.sent)
    .nth(invited.length - 1)
    .waitFor();
  await page.getByRole('button', { name: inviting.done }).click();
}

/** Creates a team, and ends on its page. */
export async function createTeam(visitor: Pick<Visitor, 'page'>, name: string): Promise<void> {
  const { page } = visitor;
  await goTo(visitor, teams.teams);
  await page.getByRole('main').getByRole('button', { name: teams.newTeam }).first().click();
  await fill(page.getByRole('dialog'), { [teams.name]: name });
  await page.getByRole('button', { name: teams.create }).click();
  await page.getByRole('heading', { name }).waitFor();
}

/** Adds users to the team whose page is open, in one action. */
export async function addMembers(page: Page, team: string, names: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: teams.addMembers, exact: true }).first().click();
  const dialog = page.getByRole('dialog', { name: teams.addMembersTo(team) });
  const field = dialog.getByRole('combobox', { name: teams.people });
  for (const name of names) {
    await field.fill(name);
    await page.getByRole('option', { name }).click();
  }
  await dialog.getByRole('button', { name: teams.addCount(names.length) }).click();
  const members = page.getByRole('table', { name: teams.members });
  for (const name of names) await members.getByRole('row', { name }).waitFor();
}

/** Makes a member the lead of the team on the open page. */
export async function makeLead(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: teams.makeLeadOf(name) }).click();
  await page.getByRole('dialog').getByRole('button', { name: teams.makeLeader, exact: true }).click();
  const row = page.getByRole('table', { name: teams.members }).getByRole('row', { name });
  await row.getByText(teams.roles.leader, { exact: true }).waitFor();
}

/** The fields of a new KPI by label, and its owner. */
export interface NewKpi {
  readonly name: string;
  readonly unit: string;
  readonly baseline: string;
  readonly target: string;
}

/** Opens the dialog for a new KPI, and fills in everything but its owner. */
export async function fillKpi(page: Page, { name, unit, baseline, target }: NewKpi) {
  await page.getByRole('main').getByRole('button', { name: kpis.newKpi }).first().click();
  const form = page.getByRole('form', { name: kpis.newKpi });
  await fill(form, {
    [kpis.name]: name,
    [kpis.unit]: unit,
    [kpis.baseline]: baseline,
    [kpis.target]: target,
  });
  return form;
}
