import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { picture } from '../support/pictures.ts';
import type { Shape } from '../support/shapes.ts';
import { expectFits, fill, goTo, notice } from '../support/steps.ts';
import { unexpected } from '../support/watch.ts';
import type { Visitor, World } from '../support/world.ts';

/**
 * An organization's whole way: founded, filled with people and work, looked at, suspended, and served again.
 */
export async function acrossRolesJourney(world: World, shape: Shape): Promise<string[]> {
  const name = `Lighthouse ${shape.name}`;
  const address = (who: string) => `${who}@lighthouse-${shape.name}.example`;
  const [sofia, lena, max] = await Promise.all([
    world.visitor(shape.screen),
    world.visitor(shape.screen),
    world.visitor(shape.screen),
  ]);

  await sofia.signInAs('Sofia Keller');
  await found(sofia, name, address('lena'));
  await acceptByMail(world, lena, 'Lena Light', address('lena'));
  await lena.page.getByRole('button', { name: 'Invite a teammate' }).click();
  await lena.page.getByRole('link', { name: 'Invite a teammate' }).click();
  await invite(lena.page, 'Max Member', address('max'));
  await acceptByMail(world, max, 'Max Member', address('max'));
  await max.page.getByRole('heading', { name }).waitFor();

  await makeTeam(lena, 'Max Member');
  await makeKpi(lena);
  await max.page.reload();
  await max.page.getByLabel('Check in for Lamps lit').fill('3');
  await max.page.keyboard.press('Enter');
  await max.page.getByRole('row', { name: 'Lamps lit' }).getByText('3 lamps').waitFor();
  await goTo(lena, 'Home');
  await lena.page.getByText('7 of 8 steps done').waitFor();

  await computeFigures(sofia);
  await goTo(sofia, 'Organizations');
  await sofia.page.getByRole('link', { name }).click();
  await sofia.page.getByRole('tab', { name: 'Usage' }).click();
  await sofia.page.getByText('Users', { exact: true }).first().waitFor();
  await sofia.page.getByRole('tab', { name: 'Audit log' }).click();
  await sofia.page.getByRole('listitem').getByText('Checked in').first().waitFor();
  await suspendAndServeAgain(sofia, max, name, shape);
  for (const { page } of [sofia, lena, max]) await expectFits(page);
  return unexpected([...sofia.errors, ...lena.errors, ...max.errors], 403);
}

/** A double click on the button founds one organization. */
async function found(visitor: Visitor, name: string, email: string): Promise<void> {
  const { page, sent } = visitor;
  await goTo(visitor, 'Organizations');
  await page.getByRole('link', { name: 'New organization' }).click();
  await fill(page, {
    Name: name,
    'Contact name': 'Lena Light',
    'Contact email': email,
  });
  await page.getByLabel('Plan', { exact: true }).selectOption('growth');
  await page.getByRole('button', { name: 'Create and invite' }).dblclick();
  await page.getByRole('heading', { name }).waitFor();
  expect(sent.filter((request) => request === 'POST /api/admin/organizations')).toHaveLength(1);
}

/** Accepts the newest invitation of an address by the mail in the outbox, as a person does. */
async function acceptByMail(world: World, { page }: Visitor, name: string, email: string): Promise<void> {
  await page.goto(`${world.product.origin}/clerk/outbox?to=${encodeURIComponent(email)}`);
  await page
    .getByRole('link', { name: /accept/i })
    .first()
    .click();
  expect(await page.getByLabel('Your name').inputValue()).toBe(name);
  await page.getByRole('button', { name: /accept/i }).click();
}

async function invite(page: Page, name: string, email: string): Promise<void> {
  await page.getByRole('button', { name: 'Invite people' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Invite people' });
  await dialog.getByLabel('Names and email addresses').fill(`${name} <${email}>`);
  await dialog.getByLabel('Role', { exact: true }).selectOption('team_leader');
  await dialog.getByRole('button', { name: 'Invite 1 person' }).click();
  await page.getByRole('table', { name: 'Results' }).getByText('Invitation sent').waitFor();
  await page.getByRole('button', { name: 'Done' }).click();
}

/** A team that somebody leads. */
async function makeTeam(visitor: Visitor, leader: string): Promise<void> {
  const { page } = visitor;
  await goTo(visitor, 'Teams');
  await page.getByRole('button', { name: 'New team' }).first().click();
  await fill(page.getByRole('dialog'), { Name: 'Keepers' });
  await page.getByRole('button', { name: 'Create team' }).click();
  await page.getByRole('button', { name: 'Add members' }).click();
  const adding = page.getByRole('dialog', { name: 'Add members to Keepers' });
  await adding.getByRole('combobox', { name: 'People' }).fill(leader);
  await page.getByRole('option', { name: leader }).click();
  await adding.getByRole('button', { name: 'Add 1 member' }).click();
  await page.getByRole('button', { name: `Make ${leader} lead` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Make lead' }).click();
  await page.getByRole('table', { name: 'Members' }).getByText('Lead', { exact: true }).first().waitFor();
}

async function makeKpi(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  await goTo(visitor, 'KPIs');
  await page.getByRole('button', { name: 'New KPI' }).click();
  const form = page.getByRole('form', { name: 'New KPI' });
  await fill(form, { Name: 'Lamps lit', Unit: 'lamps', 'Starting value': '0', Target: '12' });
  await form.getByLabel('Owner').selectOption({ label: 'Keepers' });
  await form.getByRole('button', { name: 'Create KPI' }).click();
  await page.getByRole('heading', { name: 'Lamps lit' }).waitFor();
}

async function computeFigures(visitor: Visitor): Promise<void> {
  await goTo(visitor, 'Usage jobs');
  await visitor.page.getByRole('button', { name: 'Run now' }).click();
  await visitor.page.getByText('Done. The figures are up to date.').waitFor();
}

async function suspendAndServeAgain(
  { page }: Visitor,
  { page: member }: Visitor,
  name: string,
  shape: Shape,
): Promise<void> {
  await page.getByRole('tab', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Suspend', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: `Suspend ${name}?` });
  await dialog.getByLabel(`Type ${name} to confirm`).fill(name);
  await dialog.getByLabel('Reason').fill('Asked for it by mail');
  await picture(shape, 'suspend', { page, part: dialog });
  await dialog.getByRole('button', { name: 'Suspend organization', exact: true }).click();
  await notice(page, `${name} suspended`).waitFor();
  await member.reload();
  await member.getByRole('heading', { name: 'Your organization is suspended' }).waitFor();
  await page.getByRole('button', { name: 'Reactivate' }).click();
  await notice(page, `${name} reactivated`).waitFor();
  await member.getByRole('button', { name: 'Try again' }).click();
  await member.getByRole('heading', { name }).waitFor();
}
