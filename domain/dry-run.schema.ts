import * as z from 'zod/mini';
import { AppError, type FieldError } from './errors.ts';
import { fieldErrorsOf, orElse } from './field-errors.ts';

/** Query parameter of changes that can be previewed: `true` only returns the effect. */
export const dryRun = z._default(
  z.stringbool({ truthy: ['true'], falsy: ['false'], case: 'sensitive', ...orElse('not_a_boolean') }),
  false,
);

/** A sentence's reason code, and its parameters. */
const said = {
  reason: z.optional(z.string()),
  params: z.optional(z.record(z.string(), z.union([z.string(), z.number()]))),
};

/** Why a line of a list was refused. */
export const lineRefusal = {
  /** The API's error code, and a message for people. */
  code: z.optional(z.string()),
  message: z.optional(z.string()),
  ...said,
  /** The invalid fields of the line, and why. */
  fields: z.optional(z.array(z.object({ path: z.string(), message: z.string(), ...said }))),
} as const;

type Refused = z.infer<z.ZodMiniObject<typeof lineRefusal>> & { status: 'refused' };

/** The outcome of a refused line. */
export const refused = ({ code, message, reason, params }: AppError): Refused => ({
  ...{ status: 'refused', code, message, reason, params },
});

/** The same for any error; rethrows what isn't a refusal of the line. */
export function refusedBy(error: unknown): Refused {
  if (error instanceof AppError && (error.status < 500 || error.code === 'identity_unavailable'))
    return refused(error);
  throw error;
}

/** The outcome of a line that fails validation. */
export function invalidLine(error: z.core.$ZodError): Refused {
  return wrongLine(fieldErrorsOf(error));
}

/** The outcome of a line with invalid fields. */
export function wrongLine(fields: FieldError[]): Refused {
  const words = fields.map(({ path, message }) => [path, message].filter(Boolean).join(': ')).join('; ');
  return { status: 'refused', code: 'validation_failed', message: words, fields };
}
