/** The sign-in page. */
export const signInAddress: string = '/sign-in';

/**
 * The page to show after sign-in: the one in the `to` parameter, if it is one of ours, otherwise the home
 * page.
 */
export function wantedAddress(search: string): string {
  const wanted = new URLSearchParams(search).get('to') ?? '';
  return /^\/(?![/\\])/.test(wanted) ? wanted : '/';
}

/** The signed-in user's account page. */
export const accountAddress: string = '/account';
