import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { nameInvited } from '../support/acts.ts';
import { picture } from '../support/pictures.ts';
import type { Shape } from '../support/shapes.ts';
import { entryOf, expectFits, fill, goTo, goToStep, notice, pick } from '../support/steps.ts';
import { unexpected } from '../support/watch.ts';
import { words } from '../support/words.ts';
import type { Visitor, World } from '../support/world.ts';

const { analytics, audit, common, errors, home, organizations, people, shell } = words;

/** An organization's admin: finishes the setup, manages users, looks at figures and the audit log. */
export async function orgAdminJourney(world: World, shape: Shape): Promise<string[]> {
  const admin = await world.visitor(shape.screen);
  const { page } = admin;
  await admin.signInAs(`${common.roles.org_admin} · ${shape.organization}`);
  await page.getByRole('region', { name: home.setup }).waitFor();
  await picture(shape, 'setup-guide', { page });
  await goToStep(page, 'contact_complete');
  await changeInTwoTabs(admin, shape);
  await goTo(admin, home.home);
  await page.getByText(home.setupDone).waitFor();

  await goTo(admin, people.users);
  await pauseAndTakeBack(page, shape.bystander);
  await goTo(admin, people.invitations);
  await inviteMany(page, shape);

  await goTo(admin, analytics.analytics);
  await page.getByRole('button', { name: analytics.asTable }).first().click();
  const users = page.getByRole('table', { name: analytics.metrics.users.title });
  await users.getByRole('row').nth(3).waitFor();

  await goTo(admin, audit.audit);
  await pick(page, audit.action, audit.allOf(audit.nouns.user));
  await entryOf(page, shape.bystander).waitFor();
  await picture(shape, 'audit', { page });
  await readWhatChanged(page, shape);
  await undoAndUndoThat(page, shape);
  await exportTrail(page);
  await expectFits(page);

  await page.goto(`${world.product.origin}/admin/dashboard`);
  await page.getByRole('heading', { name: errors.forbiddenPage }).waitFor();
  return unexpected(admin.errors, 412);
}

/**
 * The second of two users to save the same setting sees both versions and which one was saved first, and
 * decides.
 */
async function changeInTwoTabs({ page, openTab }: Visitor, shape: Shape): Promise<void> {
  const { contactPhone, settingNames, savedNow } = organizations;
  await page.getByLabel(contactPhone).waitFor();
  const other = await openTab(new URL(page.url()).pathname);
  const save = async (tab: Page, typed: string) => {
    await fill(tab, { [contactPhone]: typed });
    await tab.getByRole('button', { name: common.save, exact: true }).click();
  };
  await other.getByLabel(contactPhone).waitFor();
  await save(page, '+49 30 1111');
  await notice(page, savedNow).waitFor();
  await save(other, '+49 30 2222');
  const dialog = other.getByRole('dialog', { name: shell.conflict.ownTitle });
  const both = dialog.getByRole('row', { name: settingNames.contactPerson });
  await both.getByText('+49 30 1111').waitFor();
  expect(await both.textContent()).toContain('+49 30 2222');
  await expectFits(other);
  await picture(shape, 'two-versions', { page: other, part: dialog });
  await dialog.getByRole('button', { name: shell.conflict.keepMine }).click();
  await dialog.waitFor({ state: 'detached' });
  await other.close();
}

/** A deactivation can be undone from its notification. */
async function pauseAndTakeBack(page: Page, name: string): Promise<void> {
  // Wait for the whole list: while it loads, it has no rows either.
  await page.getByRole('row').nth(2).waitFor();
  await page.getByLabel(people.findUser).fill(name);
  await page.getByRole('row').nth(2).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: people.actionsOf(name) }).click();
  await page.getByRole('menuitem', { name: people.deactivate }).click();
  const undo = notice(page, people.wasDeactivated(name)).getByRole('button', { name: common.undo });
  await undo.click();
  await notice(page, people.wasReactivated(name)).waitFor();
}

/**
 * Pasted text becomes a list of users, shown before they are invited; unusable parts are shown and left
 * out.
 */
async function inviteMany(page: Page, shape: Shape): Promise<void> {
  const { inviting } = people;
  const [ada = '', bo = ''] = ['ada.brandt', 'bo.lindgren'].map((who) => `${who}@${shape.name}.example`);
  const dialog = await nameInvited(
    page,
    `Ada Brandt <${ada}>; Bo Lindgren <${bo}>\nnobody at all\n<script>alert(1)</script>`,
  );
  await dialog.getByRole('list', { name: inviting.leftOut(2) }).waitFor();
  const preview = dialog.getByRole('table', { name: inviting.preview });
  await preview.getByText(bo).waitFor();
  await preview.getByText(inviting.ready).nth(1).waitFor();
  await picture(shape, 'invite-many', { page, part: dialog });
  await dialog.getByRole('button', { name: inviting.send(2) }).dblclick();
  const results = page.getByRole('table', { name: inviting.results });
  await results.getByText(inviting.sent).nth(1).waitFor();
  await page.getByRole('button', { name: inviting.done }).click();
  await page.getByRole('button', { name: people.takeBackOf('Ada Brandt') }).click();
  await page.getByRole('button', { name: people.takeBackNow, exact: true }).click();
  await page.getByRole('row', { name: 'Ada Brandt' }).getByText(people.states.revoked).first().waitFor();
}

/** An entry opens its details, and Escape closes them. */
async function readWhatChanged(page: Page, { bystander }: Shape): Promise<void> {
  await entryOf(page, bystander).getByRole('button', { name: audit.details }).first().click();
  const details = page.getByRole('dialog', { name: audit.details });
  await details.getByRole('rowheader').first().waitFor();
  await page.keyboard.press('Escape');
  await details.waitFor({ state: 'detached' });
}

/** Undoes the change of an entry, after a preview; then undoes the undo, from its own entry. */
async function undoAndUndoThat(page: Page, { bystander }: Shape): Promise<void> {
  const { undo } = audit;
  const details = page.getByRole('dialog', { name: audit.details });
  for (const told of ['reactivated', 'undid a change']) {
    await entryOf(page, bystander, told).getByRole('button', { name: audit.details }).first().click();
    await details.getByRole('button', { name: undo.undo, exact: true }).click();
    const dialog = page.getByRole('dialog', { name: undo.titles.puts_back });
    await dialog.getByRole('row').nth(1).waitFor();
    await expectFits(page);
    await dialog.getByRole('button', { name: undo.confirm.puts_back }).click();
    await notice(page, undo.done.puts_back).waitFor();
    await details.getByText('Undone by').waitFor();
    await page.keyboard.press('Escape');
    await details.waitFor({ state: 'detached' });
  }
  // The newest entry is the second one, once written.
  const entries = page.getByRole('list', { name: audit.entries }).getByRole('listitem');
  await entries.filter({ hasText: bystander }).filter({ hasText: 'undid a change' }).nth(1).waitFor();
  await entryOf(page, bystander, 'undid a change')
    .getByRole('button', { name: audit.details })
    .first()
    .click();
  await details.getByRole('button', { name: undo.open }).click();
  await details.getByText('undid a change').waitFor();
  await page.keyboard.press('Escape');
  await details.waitFor({ state: 'detached' });
}

async function exportTrail(page: Page): Promise<void> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: audit.export }).click();
  await page.getByRole('menuitem', { name: audit.exportCsv }).click();
  expect((await download).suggestedFilename()).toMatch(/^audit-org_.*\.csv$/);
}
