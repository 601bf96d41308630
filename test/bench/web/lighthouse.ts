import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import lighthouse, { desktopConfig } from 'lighthouse';
import { openProfile } from '../../e2e/support/browser.ts';
import { freePort } from '../../support/free-port.ts';

export interface LighthouseRow {
  readonly page: string;
  /** 0 to 100. */
  readonly performance: number;
  readonly accessibility: number;
  readonly bestPractices: number;
  readonly seo: number;
  /** Largest Contentful Paint, ms. */
  readonly largestPaint: number;
  readonly layoutShift: number;
}

const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;

/** Lighthouse on pages of the running product, those behind sign-in as a user of the example data. */
export async function auditPages(
  origin: string,
  person: string,
  pages: readonly string[],
): Promise<LighthouseRow[]> {
  const profile = mkdtempSync(join(tmpdir(), 'mtcms-lighthouse-'));
  const port = await freePort();
  const context = await openProfile(profile, port);
  try {
    const page = await context.newPage();
    const rows: LighthouseRow[] = [await audit(`${origin}/sign-in`, port)];
    await page.goto(`${origin}/sign-in`);
    await page.getByLabel('Search people').fill(person);
    await page.getByRole('list', { name: 'People' }).getByRole('button').first().click();
    await page.waitForURL((url) => url.pathname !== '/sign-in' && url.pathname !== '/');
    for (const path of pages) rows.push(await audit(`${origin}${path}`, port));
    return rows;
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

async function audit(url: string, port: number): Promise<LighthouseRow> {
  const options = {
    port,
    onlyCategories: [...categories],
    // Storage isn't cleared, since the pages need the session.
    disableStorageReset: true,
    logLevel: 'silent' as const,
  };
  const result = await lighthouse(url, options, desktopConfig);
  if (result === undefined) throw new Error(`Lighthouse gave no result for ${url}`);
  const { categories: scores, audits, runtimeError } = result.lhr;
  if (runtimeError !== undefined) throw new Error(`Lighthouse on ${url}: ${runtimeError.message}`);
  const score = (name: (typeof categories)[number]) => Math.round((scores[name]?.score ?? 0) * 100);
  return {
    page: new URL(url).pathname,
    performance: score('performance'),
    accessibility: score('accessibility'),
    bestPractices: score('best-practices'),
    seo: score('seo'),
    largestPaint: audits['largest-contentful-paint']?.numericValue ?? Number.NaN,
    layoutShift: audits['cumulative-layout-shift']?.numericValue ?? Number.NaN,
  };
}
