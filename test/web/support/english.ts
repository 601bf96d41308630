import { loadTexts } from '../../../web/text/catalogue.ts';

/** All English text of the web app. */
export const english = await loadTexts('en');
