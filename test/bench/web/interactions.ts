import { openBrowser } from '../../e2e/support/browser.ts';
import { timeEntries } from './many-entries.ts';
import { timeOrganizations } from './many-organizations.ts';
import { watchLongTasks } from './measure.ts';

/** What a super admin does with lists of maximum length, and how fast the page responds. */
export async function timeInteractions(origin: string, person: string) {
  const browser = await openBrowser();
  try {
    const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
    await page.addInitScript(watchLongTasks);
    await page.goto(`${origin}/sign-in`);
    await page.getByLabel('Search people').fill(person);
    await page.getByRole('list', { name: 'People' }).getByRole('button').first().click();
    await page.waitForURL('**/admin/dashboard');
    return {
      'A list of 10,000 organizations': await timeOrganizations(page, origin),
      'An audit log of 5,000 entries': await timeEntries(page, origin),
    };
  } finally {
    await browser.close();
  }
}
