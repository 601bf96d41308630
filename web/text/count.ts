/** Formats numbers for English and German texts, with thousands separators. */
export const inEnglish = (count: number): string => count.toLocaleString('en-US');
export const inGerman = (count: number): string => count.toLocaleString('de-DE');
