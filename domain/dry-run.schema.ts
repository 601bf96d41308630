import * as z from 'zod/mini';
import { orElse } from './field-errors.ts';

/** The query parameter of a change that can be tried: `true` only says what it would come to. */
export const dryRun = z._default(
  z.stringbool({ truthy: ['true'], falsy: ['false'], case: 'sensitive', ...orElse('not_a_boolean') }),
  false,
);
