import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Shape } from '../support/shapes.ts';
import { words } from '../support/words.ts';
import type { Visitor, World } from '../support/world.ts';

const { supportAccess: texts, shell, audit } = words;

/** An organization of the example data, one of its admins, and the team member whose view is used. */
export interface Cast {
  readonly organizationId: string;
  readonly name: string;
  readonly admin: string;
  readonly member: string;
}

const reason = 'Ticket 4711: a KPI shows no value since Monday.';

/** Requests access to the organization, and waits for an admin. */
async function request(page: Page, { name }: Cast): Promise<void> {
  const dialog = page.getByRole('dialog', { name: texts.openTitle(name) });
  await dialog.getByRole('button', { name: texts.request }).click();
  // Nothing is sent without a reason.
  await dialog
    .getByRole('textbox', { name: texts.reason })
    .and(page.locator('[aria-invalid=true]'))
    .waitFor();
  await dialog.getByLabel(texts.reason).fill(reason);
  await dialog.getByLabel(texts.modes.change).check();
  await dialog.getByLabel(texts.changeReason).fill('The target has the wrong unit.');
  await dialog.getByRole('button', { name: texts.request }).click();
  await page.getByText(texts.waitingTitle(name)).waitFor();
}

/** The admin sees the request on any page, and grants less. */
async function grant({ page }: Visitor): Promise<void> {
  await page.getByText(texts.asks('Sofia Keller')).waitFor();
  await page.getByRole('link', { name: texts.review }).click();
  await page.getByText(reason).last().waitFor();
  await page.getByRole('button', { name: texts.grant }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(texts.duration).selectOption({ label: texts.durations(30) });
  await dialog.getByRole('button', { name: texts.grant }).click();
  await page.getByText(texts.states.open, { exact: true }).waitFor();
}

/** Opens a list as a member sees it. */
async function look(page: Page, { organizationId, name, member }: Cast, origin: string): Promise<void> {
  await page.getByText(texts.banner(name, texts.modes.change)).waitFor();
  await page.goto(`${origin}/organizations/${organizationId}/kpis`);
  await page.getByRole('button', { name: words.kpis.newKpi }).waitFor();
  await page.getByRole('button', { name: texts.viewAs, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: texts.viewAsTitle });
  await dialog.getByRole('combobox').fill(member);
  await page.getByRole('option', { name: new RegExp(member) }).click();
  // While the list closes, the dialog moves, and a press on its button may miss it.
  await page.getByRole('listbox').waitFor({ state: 'hidden' });
  await dialog.getByRole('button', { name: texts.viewAs }).click();
  await page.getByText(texts.viewingAs(member)).waitFor();
  await page.getByRole('heading', { level: 1, name: words.kpis.kpis }).waitFor();
  expect(await page.getByRole('button', { name: words.kpis.newKpi }).count()).toBe(0);
  await page.getByRole('button', { name: texts.stopViewing }).click();
  await page.getByText(texts.viewingAs(member)).waitFor({ state: 'detached' });
}

/**
 * A super admin requests access; an admin grants it, sees what is viewed while it is open, and ends it.
 * From then on, the pages are closed.
 */
export async function supportJourney(world: World, shape: Shape, cast: Cast): Promise<readonly string[]> {
  const { origin } = world.product;
  const support = await world.visitor(shape.screen);
  await support.signInAs('Sofia Keller');
  await support.page.goto(`${origin}/organizations/${cast.organizationId}`);
  await request(support.page, cast);
  const admin = await world.visitor(shape.screen);
  await admin.signInAs(cast.admin);
  await grant(admin);
  await support.page.reload();
  await look(support.page, cast, origin);

  const seen = admin.page.getByText(/viewed/).first();
  await expect
    .poll(
      async () => {
        await admin.page.reload();
        await admin.page.getByRole('heading', { name: texts.activity }).first().waitFor();
        await seen.waitFor({ timeout: 5000 }).catch(() => undefined);
        return await seen.isVisible();
      },
      { timeout: 60_000 },
    )
    .toBe(true);
  await admin.page.screenshot({ path: `test/artifacts/support-access-${shape.name}.png` });
  await admin.page.getByRole('button', { name: texts.end, exact: true }).click();
  await admin.page.getByRole('dialog').getByRole('button', { name: texts.end }).click();
  await admin.page.getByText(texts.states.ended, { exact: true }).first().waitFor();

  await support.page.reload();
  await support.page.getByText(shell.support.needed).waitFor();
  await admin.page.goto(`${origin}/organizations/${cast.organizationId}/audit`);
  await admin.page.getByRole('list', { name: audit.entries }).waitFor();
  return [...support.errors, ...admin.errors];
}
