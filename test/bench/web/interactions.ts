import type { Page } from 'playwright-core';
import { openBrowser } from '../../e2e/support/browser.ts';

export interface InteractionRow {
  readonly interaction: string;
  /** Milliseconds until it shows. */
  readonly duration: number;
  /** The longest time for which the page could not answer, ms; 0: none over 50 ms. */
  readonly longestTask: number;
  /** The longest time from an input to the next paint, ms, in steps of 8; 0: none over 16 ms. */
  readonly nextPaint: number;
}

const organizations = 10_000;
const pageSize = 50;
const pagesLoaded = 20;

const organization = (index: number) => ({
  id: `org_${String(index).padStart(26, '0')}`,
  name: `Organization ${String(index).padStart(5, '0')}`,
  contactPerson: { name: 'Cora Contact', email: 'cora@example.com' },
  status: 'active',
  subscription: { plan: 'growth', startDate: '2026-01-01' },
  revision: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  counts: { users: index % 97, pendingInvitations: index % 5, teams: index % 7, kpis: index % 23 },
  lastActivityOn: '2026-11-24',
  stage: 'active',
  health: { level: 'healthy', reasons: [] },
});

/**
 * A platform of ten thousand organizations, as the browser sees it: the API's own shape, answered at once.
 */
const pretendMany = (page: Page) =>
  page.route('**/api/admin/organizations?*', async (route) => {
    const query = new URL(route.request().url()).searchParams;
    const start = Number(query.get('cursor') ?? 0);
    const search = (query.get('search') ?? '').toLowerCase();
    const from = search === '' ? start : organizations - pageSize;
    const items = Array.from({ length: pageSize }, (_, index) => organization(from + index));
    const next = from + pageSize < organizations ? String(from + pageSize) : null;
    await route.fulfill({ json: { items, nextCursor: next } });
  });

const watchLongTasks = () => {
  const longest = { duration: 0, nextPaint: 0 };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest.duration = Math.max(longest.duration, duration);
  }).observe({ type: 'longtask' });
  // The threshold is newer than the types.
  const events = { type: 'event', durationThreshold: 16 };
  // Only what a person did has an interaction's id.
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if ('interactionId' in entry && entry.interactionId !== 0)
        longest.nextPaint = Math.max(longest.nextPaint, entry.duration);
  }).observe(events);
  Object.assign(window, { longest });
};

async function measure(page: Page, interaction: string, act: () => Promise<void>): Promise<InteractionRow> {
  await page.evaluate('Object.assign(window.longest, { duration: 0, nextPaint: 0 })');
  const start = performance.now();
  await act();
  const duration = performance.now() - start;
  // Observers are told of an event after its paint.
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))');
  const longestTask = Number(await page.evaluate('window.longest.duration'));
  const nextPaint = Number(await page.evaluate('window.longest.nextPaint'));
  return { interaction, duration, longestTask, nextPaint };
}

/** What a super admin does with a list of ten thousand organizations: reads on, scrolls, searches. */
export async function timeInteractions(origin: string, person: string): Promise<InteractionRow[]> {
  const browser = await openBrowser();
  try {
    const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
    await page.addInitScript(watchLongTasks);
    await page.goto(`${origin}/sign-in`);
    await page.getByLabel('Search people').fill(person);
    await page.getByRole('list', { name: 'People' }).getByRole('button').first().click();
    await page.waitForURL('**/admin/dashboard');
    await pretendMany(page);
    await page.goto(`${origin}/admin/organizations`);
    const rows = page.getByRole('table', { name: 'Organizations' }).getByRole('row');
    await rows.nth(1).waitFor();
    const more = page.getByRole('button', { name: 'Load more' });
    return [
      await measure(page, `read on, ${pagesLoaded} times`, async () => {
        for (let count = 1; count <= pagesLoaded; count += 1) {
          await more.click();
          await rows.nth((count + 1) * pageSize).waitFor();
        }
      }),
      await measure(page, 'scroll from the end to the top', async () => {
        await page.evaluate('scrollTo(0, document.body.scrollHeight)');
        for (let step = 0; step < 40; step += 1) await page.mouse.wheel(0, -1500);
        await page.evaluate('scrollTo(0, 0)');
      }),
      await measure(page, 'choose a filter, and take it away', async () => {
        await page.getByRole('button', { name: 'Filter', exact: true }).click();
        await page.getByLabel('Plan', { exact: true }).selectOption('growth');
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: /^Remove filter/ }).click();
        await page.waitForURL((url) => url.search === '');
      }),
      await measure(page, 'sort by a title', async () => {
        await page.getByRole('columnheader', { name: 'Users' }).getByRole('button').click();
        await page.waitForURL('**?sort=*');
      }),
      await measure(page, 'search as one types', async () => {
        await page.getByRole('searchbox').pressSequentially('organization 099', { delay: 20 });
        await page.getByText('Organization 09999').waitFor();
      }),
    ];
  } finally {
    await browser.close();
  }
}
