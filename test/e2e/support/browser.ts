import chromium from '@sparticuz/chromium';
import { type Browser, chromium as launcher } from 'playwright-core';

// The package's own arguments switch off web security: cookies then behave as in no real browser.
const quiet = [
  '--no-sandbox',
  '--headless=shell',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** Chromium from npm where it runs (linux-x64), else an installed Chrome. */
export const openBrowser = async (): Promise<Browser> =>
  process.platform === 'linux' && process.arch === 'x64'
    ? await launcher.launch({ executablePath: await chromium.executablePath(), args: quiet, headless: true })
    : await launcher.launch({ channel: 'chrome', headless: true });
