/** The sign-in page. */
export const signInAddress: string = '/sign-in';

/**
 * Where somebody is led who has signed in: to the page that they wanted, if it is one of ours, as the sign-in
 * page's `to` says; else to where everybody begins.
 */
export function wantedAddress(search: string): string {
  const wanted = new URLSearchParams(search).get('to') ?? '';
  return /^\/(?![/\\])/.test(wanted) ? wanted : '/';
}

/** The signed-in user's account page. */
export const accountAddress: string = '/account';
