import chromium from '@sparticuz/chromium';
import { type Browser, type BrowserContext, chromium as launcher } from 'playwright-core';

// The package's default arguments disable web security, so that cookies would behave unlike in a real
// browser.
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

/** Chromium from npm where it runs (linux-x64), otherwise an installed Chrome. */
const whichBrowser = async () =>
  process.platform === 'linux' && process.arch === 'x64'
    ? { executablePath: await chromium.executablePath(), args: quiet, headless: true }
    : { channel: 'chrome', headless: true };

export const openBrowser = async (): Promise<Browser> => await launcher.launch(await whichBrowser());

/**
 * The same browser with a separate profile, which another tool controls as well, through the debugging
 * port.
 */
export async function openProfile(directory: string, port: number): Promise<BrowserContext> {
  const { args = [], ...browser } = { args: [], ...(await whichBrowser()) };
  return await launcher.launchPersistentContext(directory, {
    ...browser,
    args: [...args, `--remote-debugging-port=${port}`],
    locale: 'en-GB',
  });
}
