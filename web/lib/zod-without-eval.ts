import * as z from 'zod/mini';
import { schemaWords } from '../../domain/words.schema.ts';

/**
 * Zod compiles parsers with `new Function` where allowed. The site's Content Security Policy forbids it,
 * and even the attempt would be reported.
 */
z.config({ ...schemaWords, jitless: true });
