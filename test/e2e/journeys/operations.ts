import type { Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import { newOrganization, superAdminEmail } from '../../support/product.ts';
import type { Shape } from '../support/shapes.ts';
import { expectFits, fill, goTo, notice } from '../support/steps.ts';
import { unexpected } from '../support/watch.ts';
import { words } from '../support/words.ts';
import type { Visitor, World } from '../support/world.ts';

const { analytics, departures, drift, health, organizations } = words;

/**
 * A super admin's operational tasks: health scores and retention, differences from Clerk, completeness of
 * figures; and the departure of an organization, which is then cancelled.
 */
export async function operationsJourney(world: World, shape: Shape): Promise<string[]> {
  const { product } = world;
  const name = `Leaving by ${shape.name}`;
  const created = await product.api('/api/admin/organizations', {
    token: await product.signIn(superAdminEmail),
    method: 'POST',
    body: newOrganization(name, `lou@leaving-${shape.name}.example`),
  });
  const sofia = await world.visitor(shape.screen);
  await sofia.signInAs('Sofia Keller');
  await freeze(sofia.page, `${product.origin}/admin/organizations/${created.body.id}?tab=settings`, name);

  // Retried while recent writes settle before the export.
  await seeHealth(sofia);
  await seeRetention(sofia);
  await compareWithClerk(sofia);
  await fillMissedDays(sofia);

  await goTo(sofia, departures.title);
  await sofia.page.getByRole('link', { name }).click();
  await sofia.page.getByRole('heading', { name, level: 1 }).waitFor();
  await exported(world, sofia.page);
  await expectFits(sofia.page);
  await sofia.page.getByRole('button', { name: departures.undo }).click();
  await notice(sofia.page, departures.wasUndone(name)).waitFor();
  await sofia.page.getByText(departures.undone).waitFor();
  return unexpected(sofia.errors, 409);
}

/** Freezes an organization, which requires its name and a reason. */
async function freeze(page: Page, settings: string, name: string): Promise<void> {
  await page.goto(settings);
  await page.getByRole('button', { name: departures.start }).click();
  const dialog = page.getByRole('dialog', { name: departures.startTitle(name) });
  await fill(dialog, {
    [departures.typeName(name)]: name,
    [departures.reason]: 'The contract has ended.',
  });
  await dialog.getByRole('button', { name: departures.startNow }).click();
  await notice(page, departures.started(name)).waitFor();
  await page.getByRole('link', { name: departures.see }).first().waitFor();
}

/** The list shows the lowest score first; the organization's page has the reasons. */
async function seeHealth(sofia: Visitor): Promise<void> {
  const { page } = sofia;
  await goTo(sofia, organizations.dashboard);
  const attention = page.getByRole('region', { name: analytics.attention });
  await attention
    .getByText(/^\d+ of 100$/)
    .first()
    .waitFor();
  await attention.getByRole('link', { name: 'Oakline Manufacturing' }).first().click();
  const card = page.getByRole('region', { name: health.health, exact: true });
  await card.getByText(/^\d+ of 100$/).waitFor();
  await card.getByRole('list', { name: health.health }).getByRole('listitem').first().waitFor();
  await expectFits(page);
}

async function seeRetention(sofia: Visitor): Promise<void> {
  const { page } = sofia;
  const { title, of, kinds, text } = analytics.cohorts;
  await goTo(sofia, analytics.analytics);
  const retention = page.getByRole('region', { name: title, exact: true });
  for (const kind of ['organizations', 'users'] as const) {
    const choice = retention.getByRole('radiogroup', { name: of });
    await choice.getByText(kinds[kind], { exact: true }).click();
    await retention.getByText(text[kind]).waitFor();
  }
  await expectFits(page);
}

/** A preview changes nothing. If another one is already running, that one is shown. */
async function compareWithClerk(sofia: Visitor): Promise<void> {
  const { page } = sofia;
  await goTo(sofia, drift.title);
  await page.getByRole('button', { name: drift.preview, exact: true }).click();
  const runs = page.getByRole('table', { name: drift.runs });
  await runs.getByRole('row', { name: drift.kinds.preview }).first().waitFor();
  await expectFits(page);
}

async function fillMissedDays(sofia: Visitor): Promise<void> {
  const { page } = sofia;
  const { runs } = analytics;
  await goTo(sofia, runs.title);
  await page.getByRole('button', { name: runs.fill.open }).click();
  const dialog = page.getByRole('dialog', { name: runs.fill.title });
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  await dialog.getByLabel(words.common.dates.from).fill(yesterday);
  await dialog.getByLabel(words.common.dates.to).fill(yesterday);
  await dialog.getByRole('button', { name: runs.fill.action }).click();
  await dialog.waitFor({ state: 'detached' });
  const { nothingMissed, done } = runs.runNow;
  await page.getByText(nothingMissed).or(page.getByText(done)).waitFor();
  await expectFits(page);
}

/** Runs the schedule until the file exists. */
async function exported({ product }: World, page: Page): Promise<void> {
  const [{ name = '' } = {}] = product.aws.schedules().filter((one) => one.name.includes('KeepExports'));
  const file = page.getByRole('region', { name: departures.export });
  const ready = async () => {
    await product.aws.runSchedule(name);
    await page.reload();
    await file.getByRole('status').waitFor();
    expect(await file.getByRole('button', { name: departures.download }).isVisible()).toBe(true);
  };
  await vi.waitFor(ready, { timeout: 240_000, interval: 5000 });
}
