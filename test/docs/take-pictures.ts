import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { picturesFolder } from '../e2e/support/pictures.ts';
import { smallerPng } from './smaller-png.ts';

/**
 * Second half of `npm run docs:images`: copies the pictures that the journeys have just taken into the user
 * guides, with smaller files.
 */
for (const name of readdirSync(picturesFolder))
  writeFileSync(join('docs/user-guide/images', name), smallerPng(readFileSync(join(picturesFolder, name))));
