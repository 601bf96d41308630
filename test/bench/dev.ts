import { openBrowser } from '../e2e/support/browser.ts';
import { startDevLoop } from '../support/dev-loop.ts';
import { eventually } from '../support/product.ts';
import { median } from './median.ts';

/** How long a type of save takes to be visible, in milliseconds. */
interface SaveRow {
  readonly saved: string;
  readonly median: number;
  readonly longest: number;
}

/**
 * Saves files while `npm run dev` runs, and measures how long until the change is visible: in the open
 * page, and in the next response.
 */
export async function benchDevLoop(rounds: number): Promise<{ readonly rows: readonly SaveRow[] }> {
  const [loop, browser] = await Promise.all([startDevLoop(), openBrowser()]);
  try {
    const page = await browser.newPage();
    await page.goto(`${loop.origin}/sign-in`);
    await page.getByLabel('Search people').fill('Amara');
    await page.getByRole('list', { name: 'People' }).getByRole('button').first().click();
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Teams' }).click();
    const button = (name: string) => page.getByRole('button', { name, exact: true }).waitFor();
    const refusal = async () => (await loop.request('/api/me')).body.title;
    await button('New team');
    await refusal();
    const measure = async (
      saved: string,
      save: (n: number) => void,
      seen: (n: number) => Promise<unknown>,
    ) => {
      const times: number[] = [];
      for (let n = 1; n <= rounds; n += 1) {
        const start = performance.now();
        save(n);
        await seen(n);
        times.push(performance.now() - start);
      }
      return { saved, median: median(times), longest: Math.max(...times) };
    };
    const count = (n: number) => (n === 1 ? '' : ` ${n - 1}`);
    /** The code of the button's title after `n` saves. */
    const titled = (n: number) =>
      `title={${n === 0 ? 'teams.newTeam' : `\`\${teams.newTeam} ${n}\``}} onClick`;
    const rows = [
      await measure(
        'a page',
        (n) => loop.project.rewrite('web', titled(n - 1), titled(n)),
        (n) => button(`New team ${n}`),
      ),
      await measure(
        'a text',
        (n) => loop.project.rewrite('web', `'New team${count(n)}'`, `'New team ${n}'`),
        (n) => button(`New team ${n} ${rounds}`),
      ),
      await measure(
        'a handler',
        (n) =>
          loop.project.rewrite(
            'functions',
            `'Sign in to continue.${count(n)}'`,
            `'Sign in to continue. ${n}'`,
          ),
        (n) =>
          eventually(async () => (await refusal()) === `Sign in to continue. ${n}`, 'the handler is used'),
      ),
    ];
    return { rows };
  } finally {
    await browser.close();
    await loop.stop();
  }
}
