/**
 * Tells the harness's bundles whom to take for whom: `<organization> <user>`. The product knows no such
 * header.
 */
export const victimHeader = 'x-isolation-victim';
