import type { Page } from 'playwright-core';

/** What opens a dialog over a page that is open. */
type Opening = (page: Page) => Promise<void>;

const button =
  (name: string | RegExp): Opening =>
  (page) =>
    page.getByRole('main').getByRole('button', { name }).first().click();

export const suspend = button('Suspend');
export const inviteMany = button('Invite people');
export const takeBack = button(/^Revoke/);
export const newTeam = button('New team');
export const editTeam = button('Edit');
export const newKpi = button('New KPI');
export const checkIn = button(/^Check in for/);
export const correct = button('Correct');

export const deleteTeam: Opening = async (page) => {
  await button(/^Actions for/)(page);
  await page.getByRole('menuitem', { name: 'Delete team' }).click();
};

export const changeRole: Opening = async (page) => {
  await button(/^Actions for/)(page);
  await page.getByRole('menuitem', { name: 'Change role' }).click();
};

/** Somebody else was first, as far as this browser is told. */
export const twoVersions: Opening = async (page) => {
  await page.route(/\/api\/.*\/teams\/team_\w+$/, async (route) => {
    if (route.request().method() === 'PATCH')
      return await route.fulfill({
        status: 412,
        contentType: 'application/problem+json',
        body: JSON.stringify({ title: 'It was changed.', code: 'stale' }),
      });
    const response = await route.fetch();
    return await route.fulfill({ response, json: { ...(await response.json()), description: 'Theirs' } });
  });
  await editTeam(page);
  await page.getByRole('textbox', { name: 'Description' }).fill('Me');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog', { name: 'This has changed since you opened it' }).waitFor();
};

export const palette: Opening = (page) => page.keyboard.press('Control+k');
export const shortcuts: Opening = (page) => page.keyboard.press('?');
