import type * as z from 'zod/mini';
import { fieldError, fieldErrorsOf } from '../../../domain/field-errors.ts';
import type { Texts } from '../../text/language.tsx';
import { type Said, said } from '../../text/said.ts';

/** Validation problems by field name, each as a function of the language. */
export type Problems = Readonly<Record<string, (texts: Texts) => string>>;

interface Wrong extends Said {
  readonly path: string;
}

/** Maps invalid fields of a request to fields of the form; the first problem of each counts. */
export const problemsOf = (wrong: readonly Wrong[], fieldOf = (path: string) => path): Problems =>
  Object.fromEntries(
    wrong.toReversed().map(({ path, ...what }) => [fieldOf(path), (texts: Texts) => said(texts, what)]),
  );

const partAt = (values: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((part, name) => Object(part)[name], values);

/**
 * Validates a form's values with a schema, usually the API's own. An empty field is reported as required
 * rather than as malformed.
 */
export const checkedBy =
  (schema: z.ZodMiniType) =>
  (values: unknown): Problems =>
    problemsOf(
      fieldErrorsOf(schema.safeParse(values).error ?? { issues: [] }).map((wrong) =>
        wrong.reason !== 'empty' && partAt(values, wrong.path) === ''
          ? fieldError(wrong.path, 'required')
          : wrong,
      ),
    );
