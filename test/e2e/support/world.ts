import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startTestProduct, type TestProduct } from '../../support/product.ts';
import { openBrowser } from './browser.ts';

/** The running product, and a browser to use it with. */
export interface World {
  readonly product: TestProduct;
  /** A browser without a past. Whatever its pages report as an error is collected. */
  visitor(options?: Parameters<Browser['newContext']>[0]): Promise<Visitor>;
  stop(): Promise<void>;
}

export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly errors: readonly string[];
  /** Signs in by a click on a person of the sign-in page. */
  signInAs(name: string): Promise<void>;
}

export async function startWorld(): Promise<World> {
  const product = await startTestProduct();
  const browser = await openBrowser();
  return {
    product,
    async visitor(options = {}) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
      context.setDefaultTimeout(15_000);
      const page = await context.newPage();
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      return {
        page,
        context,
        errors,
        async signInAs(name) {
          await page.goto(`${product.origin}/sign-in`);
          await page.getByLabel('Find somebody').fill(name);
          await page.getByRole('list', { name: 'People' }).getByRole('button').first().click();
          await page.waitForURL((url) => url.pathname !== '/sign-in' && url.pathname !== '/');
        },
      };
    },
    async stop() {
      await browser.close();
      await product.stop();
    },
  };
}
