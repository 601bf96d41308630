import { ClerkError } from '../http/clerk-error.ts';
import type { ClerkRequest } from '../http/clerk-request.ts';

/**
 * Refuses what a page of another site sends with this browser's cookies. Browsers say where a request comes from (Fetch
 * Metadata, Origin: RFC 6454); a client that says nothing is no browser.
 */
export function refuseOtherSites({ header }: ClerkRequest, origin: string): void {
  const site = header('sec-fetch-site') ?? 'same-origin';
  const from = header('origin') ?? origin;
  if ((site !== 'same-origin' && site !== 'none') || from !== origin)
    throw new ClerkError(
      403,
      'origin_invalid',
      `This is for pages of ${origin} only. Open the product there.`,
    );
}
