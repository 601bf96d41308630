import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import {
  acceptByMail,
  addMembers,
  createTeam,
  fillKpi,
  fillOrganization,
  type Invited,
  invitePeople,
  makeLead,
  startOrganization,
} from '../support/acts.ts';
import { picture } from '../support/pictures.ts';
import type { Shape } from '../support/shapes.ts';
import { entryOf, expectFits, goTo, goToStep, notice } from '../support/steps.ts';
import { unexpected } from '../support/watch.ts';
import { words } from '../support/words.ts';
import type { Visitor, World } from '../support/world.ts';

const { analytics, audit, common, home, kpis, organizations, session } = words;

const names = { desktop: 'Lighthouse Software', phone: 'Lighthouse Studios' };
const team = 'Keepers';
const kpi = { name: 'Lamps lit', unit: 'lamps', baseline: '0', target: '12' };

/** An organization's whole lifecycle: founded, filled with users and work, viewed, suspended, and resumed. */
export async function acrossRolesJourney(world: World, shape: Shape): Promise<string[]> {
  const name = names[shape.name];
  const at = (who: string) => `${who}@lighthouse-${shape.name}.example`;
  const admin = { name: 'Lena Light', email: at('lena') };
  const leader = { name: 'Max Member', email: at('max') };
  const [sofia, lena, max] = await Promise.all([
    world.visitor(shape.screen),
    world.visitor(shape.screen),
    world.visitor(shape.screen),
  ]);

  await sofia.signInAs('Sofia Keller');
  await found(sofia, name, admin);
  await acceptByMail(world, lena, admin);
  await goToStep(lena.page, 'people_invited');
  await invitePeople(lena.page, [leader], common.roles.team_leader);
  await acceptByMail(world, max, leader);
  await max.page.getByRole('heading', { name }).waitFor();

  await createTeam(lena, team);
  await addMembers(lena.page, team, [leader.name]);
  await makeLead(lena.page, leader.name);
  await makeKpi(lena);
  await max.page.reload();
  await max.page.getByLabel(kpis.checkInOf(kpi.name)).fill('3');
  await max.page.keyboard.press('Enter');
  await notice(max.page, kpis.reported(kpi.name, '3 lamps')).waitFor();
  await goTo(lena, home.home);
  await lena.page.getByText(home.setupProgress(7, 8)).waitFor();

  await computeFigures(sofia);
  await goTo(sofia, organizations.organizations);
  await sofia.page.getByRole('link', { name }).click();
  await sofia.page.getByRole('tab', { name: analytics.usage }).click();
  await sofia.page.getByText(analytics.metrics.users.title, { exact: true }).first().waitFor();
  await sofia.page.getByRole('tab', { name: audit.audit }).click();
  await entryOf(sofia.page, leader.name, kpi.name).waitFor();
  await suspendAndServeAgain(sofia, max, name, shape);
  for (const { page } of [sofia, lena, max]) await expectFits(page);
  return unexpected([...sofia.errors, ...lena.errors, ...max.errors], 403);
}

/** A double click on the button creates only one organization. */
async function found(visitor: Visitor, name: string, admin: Invited): Promise<void> {
  const { page, sent } = visitor;
  await goTo(visitor, organizations.organizations);
  await startOrganization(page);
  await fillOrganization(page, name, admin);
  await page.getByLabel(organizations.plan, { exact: true }).selectOption('growth');
  await page.getByRole('button', { name: organizations.createNow }).dblclick();
  await page.getByRole('heading', { name }).waitFor();
  expect(sent.filter((request) => request === 'POST /api/admin/organizations')).toHaveLength(1);
}

async function makeKpi(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  await goTo(visitor, kpis.kpis);
  const form = await fillKpi(page, kpi);
  await form.getByLabel(kpis.owner).selectOption({ label: team });
  await form.getByRole('button', { name: kpis.create }).click();
  await page.getByRole('heading', { name: kpi.name }).waitFor();
}

async function computeFigures(visitor: Visitor): Promise<void> {
  const { title, runNow } = analytics.runs;
  await goTo(visitor, title);
  await visitor.page.getByRole('button', { name: runNow.hour }).click();
  await visitor.page.getByText(runNow.done).waitFor();
}

async function suspendAndServeAgain(
  { page }: Visitor,
  { page: member }: Visitor,
  name: string,
  shape: Shape,
): Promise<void> {
  await page.getByRole('tab', { name: organizations.settings }).click();
  await page.getByRole('button', { name: organizations.suspend, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: organizations.suspendTitle(name) });
  await dialog.getByLabel(organizations.typeName(name)).fill(name);
  await dialog.getByLabel(organizations.reason).fill('Requested by email');
  await picture(shape, 'suspend', { page, part: dialog });
  await dialog.getByRole('button', { name: organizations.suspendNow, exact: true }).click();
  await notice(page, organizations.wasSuspended(name)).waitFor();
  await member.reload();
  await heading(member, session.closed.organization_inactive.title).waitFor();
  await page.getByRole('button', { name: organizations.reactivate }).click();
  await notice(page, organizations.wasReactivated(name)).waitFor();
  await member.getByRole('button', { name: common.retry }).click();
  await heading(member, name).waitFor();
}

const heading = (page: Page, name: string) => page.getByRole('heading', { name });
