/** Where one signs in. */
export const signInAddress: string = '/sign-in';

/** One's own account. */
export const accountAddress: string = '/account';
