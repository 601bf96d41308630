import { webLimit } from '../../bundles/limits.ts';
import { measureFirstLoad } from '../../bundles/web.ts';
import { startTestProduct } from '../../support/product.ts';
import { timeInteractions } from './interactions.ts';
import { auditPages } from './lighthouse.ts';

const superAdmin = 'Sofia Keller';
const audited = ['/admin/dashboard', '/admin/organizations', '/admin/audit'];
const rounded = (figure: number, digits = 0) => Number(figure.toFixed(digits));

/** The web app: its size, its Lighthouse scores, and its response times with ten thousand organizations. */
export async function benchWeb() {
  const { gzippedBytes, fontBytes } = await measureFirstLoad(webLimit.needed);
  console.log(
    `\nWeb, first load until the sign-in page: ${(gzippedBytes / 1000).toFixed(1)} KB gzipped, font ${(fontBytes / 1000).toFixed(1)} KB`,
  );
  const product = await startTestProduct();
  try {
    const pages = await auditPages(product.origin, superAdmin, audited);
    console.log('\nLighthouse, desktop, production build served locally');
    console.table(
      Object.fromEntries(
        pages.map(({ page, largestPaint, layoutShift, ...scores }) => [
          page,
          { ...scores, 'largest paint ms': rounded(largestPaint), 'layout shift': rounded(layoutShift, 3) },
        ]),
      ),
    );
    const interactions = await timeInteractions(product.origin, superAdmin);
    for (const [title, rows] of Object.entries(interactions)) {
      console.log(`\n${title}`);
      console.table(
        Object.fromEntries(
          rows.map(({ interaction, duration, longestTask, nextPaint }) => [
            interaction,
            {
              ms: rounded(duration),
              'longest task ms': rounded(longestTask),
              'next paint ms': rounded(nextPaint),
            },
          ]),
        ),
      );
    }
    return { gzippedBytes, pages, interactions };
  } finally {
    await product.stop();
  }
}
