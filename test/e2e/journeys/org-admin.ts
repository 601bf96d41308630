import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { picture } from '../support/pictures.ts';
import type { Shape } from '../support/shapes.ts';
import { expectFits, fill, goTo, notice } from '../support/steps.ts';
import { unexpected } from '../support/watch.ts';
import type { Visitor, World } from '../support/world.ts';

/**
 * What an organization's admin does: finishes the setup, sees to its people, looks at figures and at who did
 * what.
 */
export async function orgAdminJourney(world: World, shape: Shape): Promise<string[]> {
  const admin = await world.visitor(shape.screen);
  const { page } = admin;
  await admin.signInAs(`Admin · ${shape.organization}`);
  const step = page.getByRole('link', { name: 'Add a phone number' });
  await step.waitFor();
  await picture(shape, 'setup-guide', { page });
  await step.click();
  await changeInTwoTabs(admin, shape);
  await goTo(admin, 'Home');
  await page.getByText('Your organization is set up').waitFor();

  await goTo(admin, 'Users');
  await pauseAndTakeBack(page, shape.bystander);
  await goTo(admin, 'Invitations');
  await inviteMany(page, shape);

  await goTo(admin, 'Analytics');
  await page.getByRole('button', { name: 'Show as table' }).first().click();
  await page.getByRole('table', { name: 'Users' }).getByRole('row').nth(30).waitFor();

  await goTo(admin, 'Audit log');
  await page.getByRole('combobox', { name: 'Activity' }).click();
  await page.getByRole('option', { name: 'All: People' }).click();
  await page.getByRole('listitem').getByText('deactivated').first().waitFor();
  await picture(shape, 'audit', { page });
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'CSV for spreadsheets' }).click();
  expect((await download).suggestedFilename()).toMatch(/^audit-org_.*\.csv$/);
  await expectFits(page);

  await page.goto(`${world.product.origin}/admin/dashboard`);
  await page.getByRole('heading', { name: 'You don’t have access to this page' }).waitFor();
  return unexpected(admin.errors, 412);
}

/**
 * Whoever saves the same setting second sees both versions, is told that the first was their own, and
 * decides.
 */
async function changeInTwoTabs({ page, openTab }: Visitor, shape: Shape): Promise<void> {
  const phoneNumber = page.getByLabel('Contact phone');
  await phoneNumber.waitFor();
  const other = await openTab(new URL(page.url()).pathname);
  const save = async (tab: Page, typed: string) => {
    await fill(tab, { 'Contact phone': typed });
    await tab.getByRole('button', { name: 'Save', exact: true }).click();
  };
  await other.getByLabel('Contact phone').waitFor();
  await save(page, '+49 30 1111');
  await notice(page, 'Settings saved').waitFor();
  await save(other, '+49 30 2222');
  const dialog = other.getByRole('dialog', { name: 'You changed this somewhere else' });
  const both = dialog.getByRole('row', { name: 'Contact' });
  await both.getByText('+49 30 1111').waitFor();
  expect(await both.textContent()).toContain('+49 30 2222');
  await expectFits(other);
  await picture(shape, 'two-versions', { page: other, part: dialog });
  await dialog.getByRole('button', { name: 'Keep mine' }).click();
  await dialog.waitFor({ state: 'detached' });
  await other.close();
}

/** A deactivation can be taken back from its notice. */
async function pauseAndTakeBack(page: Page, name: string): Promise<void> {
  // The whole list first: while it loads it has no rows either.
  await page.getByRole('row').nth(2).waitFor();
  await page.getByLabel('Search users').fill(name);
  await page.getByRole('row').nth(2).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Deactivate' }).click();
  await notice(page, `${name} deactivated`).getByRole('button', { name: 'Undo' }).click();
  await notice(page, `${name} reactivated`).waitFor();
}

/** What is pasted becomes people, seen before they are invited; rubbish is shown and left out. */
async function inviteMany(page: Page, shape: Shape): Promise<void> {
  const email = `ada@pasted-${shape.name}.example`;
  await page.getByRole('button', { name: 'Invite people' }).click();
  const dialog = page.getByRole('dialog', { name: 'Invite people' });
  await dialog
    .getByLabel('Names and email addresses')
    .fill(`Ada Pasted <${email}>; Bo Pasted <bo.${email}>\nnobody at all\n<script>alert(1)</script>`);
  await dialog.getByRole('list', { name: '2 entries skipped' }).waitFor();
  const preview = dialog.getByRole('table', { name: 'Preview' });
  await preview.getByText(`bo.${email}`).waitFor();
  await preview.getByText('Ready').nth(1).waitFor();
  await picture(shape, 'invite-many', { page, part: dialog });
  await dialog.getByRole('button', { name: 'Invite 2 people' }).dblclick();
  const results = page.getByRole('table', { name: 'Results' });
  await results.getByText('Invitation sent').nth(1).waitFor();
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Revoke the invitation for Ada Pasted' }).click();
  await page.getByRole('button', { name: 'Revoke invitation', exact: true }).click();
  await page.getByRole('row', { name: email }).getByText('Revoked').first().waitFor();
}
