import type { BrowserContext } from 'playwright-core';

/** Records what every page of a browser does invisibly: errors, requests to other hosts, changes sent. */
export function watch(context: BrowserContext, origin: string) {
  const errors: string[] = [];
  const sent: string[] = [];
  context.on('weberror', (error) => errors.push(error.error().message));
  context.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} ${message.location().url}`);
  });
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (/^(https?|wss?):$/.test(url.protocol) && url.origin !== origin) errors.push(`asked of ${url.origin}`);
    if (request.method() !== 'GET') sent.push(`${request.method()} ${url.pathname}`);
  });
  return { errors, sent };
}

const refusal = /Failed to load resource: the server responded with a status of (\d{3})/;

/**
 * Pages ask for exports and erasures that nobody may have requested yet, and for users who may have been
 * removed; the console reports each as an error.
 */
const mayBeMissing =
  /status of 404 .*\/(?:data-export|person-data\/\w+\/(?:export|erasure)|users\/\w+\?include=lastActive)$/;

/**
 * The errors without responses of these statuses, each of which the console reports: journeys that test
 * refusals cause some.
 */
export const unexpected = (errors: readonly string[], ...statuses: readonly number[]): string[] =>
  errors.filter((error) => !mayBeMissing.test(error) && !statuses.includes(Number(refusal.exec(error)?.[1])));
