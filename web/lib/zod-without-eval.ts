import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';

/** Zod compiles parsers with `new Function` where it may; the site's policy forbids that, and even the attempt is reported. */
z.config({ ...en(), jitless: true });
