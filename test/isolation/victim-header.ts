/**
 * Tells the harness's bundles which user to impersonate where: `<organization> <user>`. The product doesn't
 * know this header.
 */
export const victimHeader = 'x-isolation-victim';
