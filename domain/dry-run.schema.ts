import * as z from 'zod/mini';
import { AppError, type FieldError } from './errors.ts';
import { fieldErrorsOf, orElse } from './field-errors.ts';

/** The query parameter of a change that can be tried: `true` only says what it would come to. */
export const dryRun = z._default(
  z.stringbool({ truthy: ['true'], falsy: ['false'], case: 'sensitive', ...orElse('not_a_boolean') }),
  false,
);

/** The reason for a sentence, and the parameters that fill it in. */
const said = {
  reason: z.optional(z.string()),
  params: z.optional(z.record(z.string(), z.union([z.string(), z.number()]))),
};

/** Why a line of a list was refused. */
export const lineRefusal = {
  /** An error code of the API, and a sentence for a person. */
  code: z.optional(z.string()),
  message: z.optional(z.string()),
  ...said,
  /** The invalid fields of the line, and why. */
  fields: z.optional(z.array(z.object({ path: z.string(), message: z.string(), ...said }))),
} as const;

type Refused = z.infer<z.ZodMiniObject<typeof lineRefusal>> & { status: 'refused' };

/** The outcome of a line that was refused. */
export const refused = ({ code, message, reason, params }: AppError): Refused => ({
  ...{ status: 'refused', code, message, reason, params },
});

/** The same of whatever was thrown; what is no refusal of the line is thrown on. */
export function refusedBy(error: unknown): Refused {
  if (error instanceof AppError && (error.status < 500 || error.code === 'identity_unavailable'))
    return refused(error);
  throw error;
}

/** The outcome of a line that its schema doesn't take. */
export function invalidLine(error: z.core.$ZodError): Refused {
  return wrongLine(fieldErrorsOf(error));
}

/** The outcome of a line with wrong fields. */
export function wrongLine(fields: FieldError[]): Refused {
  const words = fields.map(({ path, message }) => [path, message].filter(Boolean).join(': ')).join('; ');
  return { status: 'refused', code: 'validation_failed', message: words, fields };
}
