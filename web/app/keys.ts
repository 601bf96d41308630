/** What opens the palette, as this machine's keyboard has it. */
export const paletteKeys = /Mac|iP(?:hone|ad)/.test(navigator.userAgent) ? '⌘ K' : 'Ctrl K';
