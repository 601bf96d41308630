import type { Page } from 'playwright-core';
import { ListedOrganization } from '../../../domain/organization/organization.schema.ts';
import { type InteractionRow, measure } from './measure.ts';

const organizations = 10_000;
const pageSize = 50;
const pagesLoaded = 20;

/** In the API's format, or the list couldn't show it. */
const organization = (index: number) =>
  ListedOrganization.parse({
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
    health: { level: 'healthy', score: 100, reasons: [] },
  });

/** A platform of ten thousand organizations in the browser: responses in the API's format, without delay. */
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

/**
 * What a super admin does with a list of ten thousand organizations: loads more, scrolls, filters, sorts,
 * searches.
 */
export async function timeOrganizations(page: Page, origin: string): Promise<InteractionRow[]> {
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
      await page.getByRole('columnheader', { name: 'Last activity' }).getByRole('button').click();
      await page.waitForURL('**?sort=*');
    }),
    await measure(page, 'search as one types', async () => {
      await page.getByRole('searchbox').pressSequentially('organization 099', { delay: 20 });
      await page.getByText('Organization 09999').waitFor();
    }),
  ];
}
