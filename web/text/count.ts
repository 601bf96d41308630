/** Numbers as English and German texts write them: with separators in thousands. */
export const inEnglish = (count: number): string => count.toLocaleString('en-US');
export const inGerman = (count: number): string => count.toLocaleString('de-DE');
