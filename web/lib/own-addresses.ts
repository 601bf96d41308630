/** The sign-in page. */
export const signInAddress: string = '/sign-in';

/** The signed-in user's account page. */
export const accountAddress: string = '/account';
