import * as z from 'zod/mini';
import { schemaWords } from '../../domain/words.schema.ts';

/**
 * Zod compiles parsers with `new Function` where it may; the site's policy forbids that, and even the attempt
 * is reported.
 */
z.config({ ...schemaWords, jitless: true });
