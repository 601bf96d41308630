import { loadTexts } from '../../../web/text/catalogue.ts';

/** Every text of the web app in English. */
export const english = await loadTexts('en');
