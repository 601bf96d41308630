import { useTexts } from '../text/language.tsx';
import { ApiError } from './api-error.ts';

/** The server's word on each field, by the field's path; what belongs to no field of the form stays out. */
export const fieldErrors = (error: unknown): Record<string, string> =>
  error instanceof ApiError
    ? Object.fromEntries(error.fields.map(({ path, message }) => [path, message]))
    : {};

/** A form's `enhanceGetInputProps`: what is wrong with a field is said in the reader's language. */
export function useFieldWords() {
  const { server } = useTexts();
  return ({ inputProps: { error } }: { readonly inputProps: { readonly error?: unknown } }) =>
    typeof error === 'string' ? { error: server(error) } : {};
}

/** What went wrong, unless a field of the form says it. */
export const besideFields = (
  { errors, values }: { readonly errors: object; readonly values: object },
  error: Error | null,
): Error | null =>
  Object.keys(errors).some((path) => Object.hasOwn(values, path.split('.')[0] ?? '')) ? null : error;
