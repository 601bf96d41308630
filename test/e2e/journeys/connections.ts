import { createServer } from 'node:http';
import type { Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import { peopleOf } from '../../support/people.ts';
import { superAdminEmail } from '../../support/product.ts';
import { fillKpi } from '../support/acts.ts';
import type { Shape } from '../support/shapes.ts';
import { expectFits, fill, goTo, notice } from '../support/steps.ts';
import { unexpected } from '../support/watch.ts';
import { words } from '../support/words.ts';
import type { Visitor, World } from '../support/world.ts';

const { apiKeys, comments, kpis, webhooks } = words;
const [delivered, sent] = ['Delivered', 'Shipped'];

/**
 * An organization's data goes out and comes in: its admin creates a key and a webhook, and both are used;
 * its leader imports check-ins by CSV, adds a KPI computed from two others, and comments on it.
 */
export async function connectionsJourney(world: World, shape: Shape): Promise<string[]> {
  const { product } = world;
  const people = peopleOf(product, await product.signIn(superAdminEmail));
  const { base, admin, leader, teamA, post } = await people.organization(`Linked${shape.name}`);
  const period = { start: '2026-01-01', end: '2027-12-31' };
  for (const name of [delivered, sent])
    await post('/kpis', {
      ...{ name, unit: 'orders', direction: 'up', baseline: 0, target: 100, period },
      owner: { kind: 'team', teamId: teamA },
    });

  const ada = await world.visitor(shape.screen);
  await ada.signInAs(admin.email);
  const key = await makeKey(ada);
  const answer = await product.request(`${base}/kpis`, { headers: { authorization: `Bearer ${key}` } });
  expect(answer.status).toBe(200);
  await ada.page.reload();
  const keys = ada.page.getByRole('table', { name: apiKeys.title });
  await keys.getByRole('row', { name: 'Nightly import' }).waitFor();
  expect(await keys.getByText(apiKeys.neverUsed).count()).toBe(0);
  await expectFits(ada.page);

  const lea = await world.visitor(shape.screen);
  await lea.signInAs(leader.email);
  await using target = await receiver();
  await addWebhook(ada, target.url);
  await importValues(lea);
  await seeDelivery(ada.page, target.received);
  await computeKpi(lea);
  await discuss(lea.page);
  return unexpected([...ada.errors, ...lea.errors]);
}

/** Creates a key and returns its text, which is shown only once. */
async function makeKey(ada: Visitor): Promise<string> {
  const { page } = ada;
  await goTo(ada, apiKeys.title);
  await page.getByRole('button', { name: apiKeys.newOne }).first().click();
  const dialog = page.getByRole('dialog', { name: apiKeys.newOne });
  await fill(dialog, { [apiKeys.name]: 'Nightly import' });
  await dialog.getByLabel(apiKeys.scopeNames['kpis:read']).check();
  await dialog.getByRole('button', { name: apiKeys.create }).click();
  const made = page.getByRole('dialog', { name: apiKeys.madeTitle('Nightly import') });
  const key = await made.getByLabel(apiKeys.theKey, { exact: true }).textContent();
  await made.getByRole('button', { name: apiKeys.done }).click();
  return key ?? '';
}

/** A webhook receiver that records the name of each message. */
async function receiver() {
  const received: string[] = [];
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      received.push(String(request.headers['webhook-id']));
      response.writeHead(204).end();
    });
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, 'localhost', resolve);
  await promise;
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it listens at no port');
  return {
    url: `http://localhost:${address.port}/in`,
    received,
    [Symbol.asyncDispose]: async () => void server.close(),
  };
}

async function addWebhook(ada: Visitor, url: string): Promise<void> {
  const { page } = ada;
  await goTo(ada, webhooks.title);
  await page.getByRole('button', { name: webhooks.newOne }).first().click();
  const dialog = page.getByRole('dialog', { name: webhooks.newOne });
  await fill(dialog, { [webhooks.name]: 'Warehouse', [webhooks.url]: url });
  await fill(dialog, { [webhooks.events]: 'check-in.created' });
  await dialog.getByRole('button', { name: webhooks.create }).click();
  const secret = page.getByRole('dialog', { name: webhooks.madeTitle('Warehouse') });
  await secret.getByRole('button', { name: webhooks.done }).click();
  await page.getByRole('link', { name: 'Warehouse' }).click();
  await page.getByRole('heading', { name: 'Warehouse', level: 1 }).waitFor();
}

/** Two values and an invalid line: the result of each is shown before anything is written. */
async function importValues(lea: Visitor): Promise<void> {
  const { page } = lea;
  const { imports } = kpis;
  const today = new Date().toISOString().slice(0, 10);
  await goTo(lea, kpis.kpis);
  await page.getByRole('button', { name: imports.open }).click();
  const dialog = page.getByRole('dialog', { name: imports.title });
  await fill(dialog, {
    [imports.label]: `KPI;Date;Value\n${delivered};${today};30\n${sent};${today};40\nLost;${today};1`,
  });
  await dialog.getByRole('button', { name: imports.check }).click();
  await dialog.getByText(imports.counts(2, 0, 1)).waitFor();
  await expectFits(page);
  await dialog.getByRole('button', { name: imports.send(2) }).click();
  const results = page.getByRole('dialog', { name: imports.results });
  await results.getByText(imports.importedCounts(2, 0, 0)).waitFor();
  await results.getByRole('button', { name: imports.done }).click();
}

/** Messages are sent asynchronously. */
const soon = { timeout: 120_000 };

/** Both values arrive; one of them is sent again. */
async function seeDelivery(page: Page, received: readonly unknown[]): Promise<void> {
  const deliveries = page.getByRole('table', { name: webhooks.deliveries });
  await vi.waitFor(() => expect(received).toHaveLength(2), soon);
  await page.reload();
  await deliveries.getByText(webhooks.outcomes.delivered).nth(1).waitFor();
  await deliveries
    .getByRole('button', { name: webhooks.replayOf('check-in.created') })
    .first()
    .click();
  await notice(page, webhooks.replayed).waitFor();
  await vi.waitFor(() => expect(received).toHaveLength(3), soon);
  expect(new Set(received).size).toBe(2);
  await expectFits(page);
}

/** A percentage of two KPIs has a value at once, and shows its sources. */
async function computeKpi({ page }: Visitor): Promise<void> {
  const computed = { name: 'Delivery rate', unit: '%', baseline: '0', target: '90' };
  const form = await fillKpi(page, computed);
  await form.getByLabel(kpis.owner).selectOption({ label: 'A' });
  await form.getByLabel(kpis.values).selectOption({ label: kpis.formulas.percentage });
  const sources = form.getByRole('combobox', { name: kpis.sources });
  for (const name of [delivered, sent]) {
    await sources.fill(name);
    await page.getByRole('option', { name }).click();
  }
  await form.getByRole('button', { name: kpis.create }).click();
  await page.getByRole('heading', { name: computed.name, level: 1 }).waitFor();
  await page.getByText('75 %').first().waitFor();
  for (const name of [delivered, sent]) await page.getByRole('link', { name }).first().waitFor();
  expect(await page.getByRole('button', { name: kpis.checkInOf(computed.name) }).count()).toBe(0);
  await expectFits(page);
}

async function discuss(page: Page): Promise<void> {
  await page.getByRole('tab', { name: comments.all }).click();
  const form = page.getByRole('form', { name: comments.label });
  await fill(form, { [comments.label]: 'One in four still waits for customs.' });
  await form.getByRole('button', { name: comments.add }).click();
  const said = page.getByRole('list', { name: comments.all }).getByRole('listitem');
  await said.getByText('One in four still waits for customs.').waitFor();
  expect(await form.getByLabel(comments.label).inputValue()).toBe('');
  await expectFits(page);
}
