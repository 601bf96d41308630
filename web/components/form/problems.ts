import type * as z from 'zod/mini';
import { fieldError, fieldErrorsOf } from '../../../domain/field-errors.ts';
import type { Texts } from '../../text/language.tsx';
import { type Said, said } from '../../text/said.ts';

/** What is wrong with the fields of a form, by their names: each said in the reader's language. */
export type Problems = Readonly<Record<string, (texts: Texts) => string>>;

interface Wrong extends Said {
  readonly path: string;
}

/** Wrong fields of a request as those of a form: of several things wrong with one, the first is said. */
export const problemsOf = (wrong: readonly Wrong[], fieldOf = (path: string) => path): Problems =>
  Object.fromEntries(
    wrong.toReversed().map(({ path, ...what }) => [fieldOf(path), (texts: Texts) => said(texts, what)]),
  );

const partAt = (values: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((part, name) => Object(part)[name], values);

/**
 * Checks what a form holds by a schema: mostly the one by which the API judges it. A field that nobody has
 * filled in is said to be required, not to be no date or no id.
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
