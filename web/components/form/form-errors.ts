import { useEffect, useEffectEvent } from 'react';
import { ApiError } from '../../lib/api-error.ts';
import { useTexts } from '../../text/language.tsx';

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

interface Refusable {
  readonly errors: object;
  readonly getInputNode: (path: string) => HTMLElement | null;
}

/**
 * Leads to the first field that is wrong, in the order of the page: once the server has refused with an error,
 * and, by the function it returns, for what the form's own check has found.
 */
export function useFirstWrong({ errors, getInputNode }: Refusable, error: Error | null) {
  const lead = (wrong: object) => {
    const inputs = Object.keys(wrong).flatMap((path) => getInputNode(path) ?? []);
    const isFirst = (input: HTMLElement) =>
      inputs.every((other) => !(input.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_PRECEDING));
    inputs.find(isFirst)?.focus();
  };
  // Only when it is drawn is a field open again that was closed while the server was asked.
  const leadToRefused = useEffectEvent(() => lead(errors));
  useEffect(() => {
    if (error !== null) leadToRefused();
  }, [error]);
  return lead;
}
