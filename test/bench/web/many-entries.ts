import type { Page } from 'playwright-core';
import { words } from '../../e2e/support/words.ts';
import { type InteractionRow, measure } from './measure.ts';

const { audit } = words;
const entries = 5000;
const pageSize = 50;
const minute = 60_000;

interface TrailPage {
  readonly items: readonly { readonly id: string }[];
}

/** An audit log of five thousand entries in the browser: those of the example data, repeated. */
const pretendMany = async (page: Page): Promise<void> => {
  const now = Date.now();
  let sample: TrailPage = { items: [] };
  await page.route('**/api/admin/audit?*', async (route) => {
    const start = Number(new URL(route.request().url()).searchParams.get('cursor') ?? 0);
    if (start === 0) {
      const response = await route.fetch();
      sample = await response.json();
    }
    const items = Array.from({ length: pageSize }, (_, index) => ({
      ...sample.items[(start + index) % sample.items.length],
      id: String(entries - start - index).padStart(26, '0'),
      timestamp: new Date(now - (start + index) * minute).toISOString(),
    }));
    const next = start + pageSize < entries ? String(start + pageSize) : null;
    await route.fulfill({ json: { ...sample, items, nextCursor: next } });
  });
};

/** What a super admin does with a long audit log: loads it to the end, scrolls, opens an entry, filters. */
export async function timeEntries(page: Page, origin: string): Promise<InteractionRow[]> {
  await pretendMany(page);
  await page.goto(`${origin}/admin/audit`);
  const list = page.getByRole('list', { name: audit.entries });
  const older = page.getByRole('button', { name: audit.more });
  await older.waitFor();
  return [
    await measure(page, `read on until ${entries} entries`, async () => {
      for (let count = pageSize; count < entries; count += pageSize) {
        const answered = page.waitForResponse('**/api/admin/audit?*cursor=*');
        await older.click();
        await answered;
      }
      await older.waitFor({ state: 'detached' });
    }),
    await measure(page, 'scroll from the end to the top', async () => {
      await page.evaluate('scrollTo(0, document.body.scrollHeight)');
      for (let step = 0; step < 40; step += 1) await page.mouse.wheel(0, -1500);
      await page.evaluate('scrollTo(0, 0)');
    }),
    await measure(page, 'open an entry, and close it', async () => {
      await list.getByRole('button', { name: audit.details }).first().click();
      await page.getByRole('dialog', { name: audit.details }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog', { name: audit.details }).waitFor({ state: 'detached' });
    }),
    await measure(page, 'choose a filter', async () => {
      await page.getByRole('combobox', { name: audit.action }).click();
      await page.getByRole('option', { name: audit.allOf(audit.nouns.kpi) }).click();
      await page.waitForURL('**?action=*');
    }),
  ];
}
