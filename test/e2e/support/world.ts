import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startTestProduct, type TestProduct } from '../../support/product.ts';
import { openBrowser } from './browser.ts';
import { watch } from './watch.ts';

/** The running product, and a browser for it. */
export interface World {
  readonly product: TestProduct;
  /** A fresh browser. All errors that its pages report are collected. */
  visitor(options?: Parameters<Browser['newContext']>[0]): Promise<Visitor>;
  stop(): Promise<void>;
}

export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Exceptions, console errors (including policy violations), and requests to other hosts. */
  readonly errors: readonly string[];
  /** Method and path of each request that changes data, in order. */
  readonly sent: readonly string[];
  /** Signs in by clicking the first matching user on the sign-in page. */
  signInAs(words: string): Promise<void>;
  /** Another tab of the same browser. */
  openTab(path: string): Promise<Page>;
}

export async function startWorld(options: Parameters<typeof startTestProduct>[0] = {}): Promise<World> {
  const product = await startTestProduct(options);
  const browser = await openBrowser();
  return {
    product,
    async visitor(options = {}) {
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        // Animations repaint constantly, and aren't tested.
        reducedMotion: 'reduce',
        ...options,
      });
      // Only ends tests that hang: several users share one slow machine.
      context.setDefaultTimeout(60_000);
      const seen = watch(context, product.origin);
      const page = await context.newPage();
      return {
        page,
        context,
        ...seen,
        async signInAs(words) {
          await page.goto(`${product.origin}/sign-in`);
          await page.getByLabel('Search people').fill(words);
          await page.getByRole('list', { name: 'People' }).getByRole('button').first().click();
          await page.waitForURL((url) => url.pathname !== '/sign-in' && url.pathname !== '/');
        },
        async openTab(path) {
          const tab = await context.newPage();
          await tab.goto(`${product.origin}${path}`);
          return tab;
        },
      };
    },
    async stop() {
      await browser.close();
      await product.stop();
    },
  };
}
