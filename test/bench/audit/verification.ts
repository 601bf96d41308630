import { readFileSync } from 'node:fs';
import * as z from 'zod';
// biome-ignore lint/correctness/useImportExtensions: its types are in a file of their own
import { verify } from '../../../web/public/audit-verify.mjs';
import { openBrowser } from '../../e2e/support/browser.ts';
import { fileOf, honestTrail } from '../../support/proof-file.ts';
import { median } from '../median.ts';

interface Rate {
  readonly where: string;
  readonly entriesPerSecond: number;
}

const rounds = 3;
const rateOf = (count: number, milliseconds: number): number => Math.round(count / (milliseconds / 1000));

/** A proof file with that many entries, and a checkpoint every five hundred. */
function proofFile(count: number): Buffer {
  const checkpoints = Array.from({ length: Math.floor(count / 500) }, (_, at) => at * 500);
  return fileOf(honestTrail({ fates: Array.from({ length: count }, () => 'kept'), checkpoints }).lines);
}

async function offline(file: Buffer, count: number): Promise<Rate> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    const { findings } = await verify([file]);
    if (findings.length > 0) throw new Error('an honest file was reported');
    times.push(performance.now() - began);
  }
  return { where: 'offline, Node', entriesPerSecond: rateOf(count, median(times)) };
}

/** With Web Crypto, using the same file as the page. */
async function inBrowser(file: Buffer, count: number): Promise<Rate> {
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    await page.route('https://bench.example/**', (route) =>
      route.request().url().endsWith('.mjs')
        ? route.fulfill({
            contentType: 'text/javascript',
            body: readFileSync('web/public/audit-verify.mjs', 'utf8'),
          })
        : route.request().url().endsWith('.jsonl')
          ? route.fulfill({ contentType: 'application/jsonl', body: file })
          : route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
    );
    await page.goto('https://bench.example/');
    const times = z.array(z.number()).parse(
      await page.evaluate(`(async () => {
        const { verify } = await import('/audit-verify.mjs');
        const bytes = new Uint8Array(await (await fetch('/log.jsonl')).arrayBuffer());
        const times = [];
        for (let round = 0; round < ${rounds}; round += 1) {
          const began = performance.now();
          if ((await verify([bytes])).findings.length > 0) throw new Error('an honest file was reported');
          times.push(performance.now() - began);
        }
        return times;
      })()`),
    );
    return { where: 'in the browser, Web Crypto', entriesPerSecond: rateOf(count, median(times)) };
  } finally {
    await browser.close();
  }
}

/**
 * The speed of verifying a proof file: at least 100,000 entries per second offline, and 20,000 in a
 * browser.
 */
export async function benchVerification(count: number): Promise<readonly Rate[]> {
  const file = proofFile(count);
  return [await offline(file, count), await inBrowser(file, count)];
}
