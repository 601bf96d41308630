import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { everyVisit, type Visit } from '../e2e/support/pages.ts';
import { startWorld, type World } from '../e2e/support/world.ts';

/**
 * `npm run screenshots`: every page in both color schemes and two widths, and an overview of all of them.
 * `npm run screenshots -- team kpi` only takes those whose names contain one of these; the others are kept.
 */
const { positionals: parts } = parseArgs({ allowPositionals: true });
const isAsked = (name: string) => parts.length === 0 || parts.some((part) => name.includes(part));

const folder = resolve('test/artifacts/screenshots');
const shapes = [
  { colorScheme: 'light', width: 1440 },
  { colorScheme: 'light', width: 390 },
  { colorScheme: 'dark', width: 1440 },
  { colorScheme: 'dark', width: 390 },
] as const;

interface Shot {
  readonly title: string;
  readonly file: string;
}

async function shoot(
  world: World,
  visits: readonly Visit[],
  { colorScheme, width }: (typeof shapes)[number],
): Promise<Shot[]> {
  const { page, signInAs } = await world.visitor({ colorScheme, viewport: { width, height: 900 } });
  const shots: Shot[] = [];
  for (const { person, pages } of visits) {
    const asked = pages.filter(({ name }) => isAsked(name));
    if (asked.length === 0) continue;
    if (person !== null) await signInAs(person);
    for (const { name, path, ready } of asked) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`${world.product.origin}${path}`);
      await page.locator(ready).filter({ visible: true }).first().waitFor();
      await page.waitForLoadState('networkidle');
      // As tall as the page, so that the sidebar reaches its end.
      const height = await page.evaluate('document.documentElement.scrollHeight');
      await page.setViewportSize({ width, height: Number(height) });
      const who = (person ?? 'nobody').split(' ')[0]?.toLowerCase();
      const file = `${who}-${name}-${colorScheme}-${width}.png`;
      await page.screenshot({ path: join(folder, file), fullPage: true });
      shots.push({ title: `${person ?? 'Nobody'}: ${name}, ${colorScheme}, ${width}`, file });
    }
  }
  return shots;
}

const sheet = (shots: readonly Shot[]) => `<!doctype html>
<title>Every page</title>
<style>
  body { font: 14px system-ui; margin: 1rem; background: #888; }
  main { display: flex; flex-wrap: wrap; gap: 1rem; align-items: flex-start; }
  figure { margin: 0; background: #fff; padding: 0.5rem; }
  img { display: block; height: 420px; width: auto; max-width: 640px; object-fit: cover; object-position: top; }
</style>
<main>${shots.map(({ title, file }) => `<figure><img src="${file}" alt=""><figcaption>${title}</figcaption></figure>`).join('\n')}</main>
`;

if (parts.length === 0) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const world = await startWorld({ supportAccess: 'reasoned' });
try {
  const visits = await everyVisit(world.product);
  const shots: Shot[] = [];
  for (const shape of shapes) shots.push(...(await shoot(world, visits, shape)));
  const index = join(folder, 'index.html');
  writeFileSync(index, sheet(shots));
  const { page } = await world.visitor({ viewport: { width: 2400, height: 1200 } });
  await page.goto(pathToFileURL(index).href);
  await page.screenshot({ path: join(folder, 'sheet.png'), fullPage: true });
  console.log(`${shots.length} screenshots on one sheet: ${index}`);
} finally {
  await world.stop();
}
