import type { Page } from 'playwright-core';
import { words } from './words.ts';

const { analytics, apiKeys, approvals, audit, common, departures, initiatives, kpis } = words;
const { organizations, people, personData, shell, supportAccess, teams, webhooks } = words;

/** The actions that open a dialog on the current page. */
type Opening = (page: Page) => Promise<void>;

const button =
  (name: string | RegExp): Opening =>
  (page) =>
    page.getByRole('main').getByRole('button', { name }).first().click();

/** The part of a label before the item's name. */
const begins = (phrase: (name: string) => string): RegExp => new RegExp(`^${phrase('')}`);

/** An entry of the first menu whose button has this name. */
const inMenu =
  (menu: string | RegExp, name: string): Opening =>
  async (page) => {
    await button(menu)(page);
    await page.getByRole('menuitem', { name }).click();
  };

export const suspend = button(organizations.suspend);
export const inviteMany = button(people.invitePeople);
export const takeBack = button(begins(people.takeBackOf));
export const newTeam = button(teams.newTeam);
export const editTeam = button(teams.edit);
export const deleteTeam = inMenu(begins(teams.actionsOf), teams.deleteNow);
export const addMembers = button(teams.addMembers);
export const nameLead = button(new RegExp(`^(${teams.nameLead}|${teams.changeLead})`));
export const newKpi = button(kpis.newKpi);
export const checkIn = button(begins(kpis.checkInOf));
export const correct = button(kpis.correct);
export const changeRole = inMenu(begins(people.actionsOf), people.changeRole);
export const addToTeam = inMenu(common.actions, people.profile.addToTeam);
export const removeUser = inMenu(common.actions, people.remove);
/** By the keyboard: a folded entry's other button lies over the middle of its row. */
export const readEntry: Opening = (page) =>
  page.getByRole('main').getByRole('button', { name: audit.details }).first().press('Enter');
export const offboard = button(departures.start);
export const addSuperAdmin = button(approvals.addSuperAdmin);
export const fillDays = button(analytics.runs.fill.open);
export const importCheckIns = button(kpis.imports.open);
export const setConfidence = button(new RegExp(`^(${kpis.confidence.set}|${kpis.confidence.change})$`));
export const newInitiative = button(initiatives.newOne);
export const newKey = button(apiKeys.newOne);
export const revokeKey = button(begins(apiKeys.revokeOf));
export const rotateSecret = button(webhooks.rotate);
export const deleteWebhook = button(webhooks.delete);
export const endAccess = button(supportAccess.end);
export const viewAs = button(supportAccess.viewAs);
export const extendAccess = button(supportAccess.extend);
export const askErasure = button(personData.askErasure);

export const newBucket: Opening = async (page) => {
  await button(webhooks.newOne)(page);
  await page.getByRole('dialog').getByLabel(webhooks.kinds.bucket).check();
};

/** Simulates another user's change for this browser. */
export const twoVersions: Opening = async (page) => {
  const team = /\/api\/.*\/teams\/team_\w+$/;
  await page.route(team, async (route) => {
    if (route.request().method() === 'PATCH')
      return await route.fulfill({
        status: 412,
        contentType: 'application/problem+json',
        body: JSON.stringify({ title: 'It was changed.', code: 'stale' }),
      });
    // The server may close an idle connection just as it is used again.
    const response = await route.fetch({ maxRetries: 5 });
    return await route.fulfill({ response, json: { ...(await response.json()), description: 'Theirs' } });
  });
  await editTeam(page);
  await page.getByRole('textbox', { name: teams.description }).fill('Me');
  await page.getByRole('button', { name: common.save }).click();
  const { title, ownTitle } = shell.conflict;
  await page.getByRole('dialog', { name: new RegExp(`^(${title}|${ownTitle})$`) }).waitFor();
  await page.unroute(team);
};

export const palette: Opening = (page) => page.keyboard.press('Control+k');
export const shortcuts: Opening = (page) => page.keyboard.press('?');
