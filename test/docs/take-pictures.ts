import { cpSync } from 'node:fs';
import { picturesFolder } from '../e2e/support/pictures.ts';

/**
 * Second half of `npm run docs:images`: the pictures that the journeys have just taken become those of the
 * user guides.
 */
cpSync(picturesFolder, 'docs/user-guide/images', { recursive: true });
