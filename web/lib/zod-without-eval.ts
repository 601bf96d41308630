import * as z from 'zod';

/** Zod compiles parsers with `new Function` where it may; the site's policy forbids that, and even the attempt is reported. */
z.config({ jitless: true });
