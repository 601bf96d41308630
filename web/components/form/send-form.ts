import { useForm } from '@mantine/form';
import { createElement, type FormEvent, useEffect, useEffectEvent } from 'react';
import { ApiError } from '../../lib/api-error.ts';
import { useChange } from '../../lib/change.ts';
import { useUnsavedGuard } from '../../lib/unsaved.ts';
import { type Texts, useTexts } from '../../text/language.tsx';
import { type Problems, problemsOf } from './problems.ts';

export interface FieldOptions<Values> {
  readonly initialValues: Values;
  /** Client-side validation, by field. */
  readonly check: (values: Values) => Problems;
  /** Maps an API path to a field with another name. */
  readonly fieldOf?: ((path: string) => string) | undefined;
  readonly onValuesChange?: (() => void) | undefined;
}

/** A validation message that follows the current language. */
function Problem({ say }: { readonly say: (texts: Texts) => string }) {
  return say(useTexts());
}

const inWords = (problems: Problems) =>
  Object.fromEntries(
    Object.entries(problems).map(([field, say]) => [field, createElement(Problem, { say })]),
  );

/** A form's values and their validation messages. */
export function useFields<Values extends object>(options: FieldOptions<Values>) {
  const { initialValues, check, fieldOf, onValuesChange = () => undefined } = options;
  const form = useForm<Values>({
    initialValues,
    validate: (values) => inWords(check(values)),
    onValuesChange,
  });
  /** Shows what the server has refused at each field. */
  const refuse = (error: Error): void => {
    form.setErrors(inWords(problemsOf(error instanceof ApiError ? error.fields : [], fieldOf)));
  };
  return { form, refuse };
}

export type Form<Values extends object> = ReturnType<typeof useFields<Values>>['form'];

/** What the dialog or page around the fields needs to submit them. */
export interface Submission {
  readonly pending: boolean;
  /** An error that doesn't belong to a field. */
  readonly error: Error | null;
  readonly submit: (event: FormEvent<HTMLFormElement>) => void;
  /** Whether closing the form would lose input. */
  readonly isUnsaved?: boolean;
}

interface Sending {
  readonly isPending: boolean;
  readonly error: Error | null;
}

/**
 * Submits a valid form. Otherwise, and when the server refuses a field, focuses the first invalid field in
 * page order.
 */
export function useSubmission<Values extends object>(
  { errors, values, getInputNode, onSubmit }: Form<Values>,
  { isPending, error }: Sending,
  send: (values: Values) => void,
): Submission {
  const lead = (wrong: object) => {
    const inputs = Object.keys(wrong).flatMap((path) => getInputNode(path) ?? []);
    const isFirst = (input: HTMLElement) =>
      inputs.every((other) => !(input.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_PRECEDING));
    inputs.find(isFirst)?.focus();
  };
  // Fields that were disabled while sending are only enabled again after rendering.
  const leadToRefused = useEffectEvent(() => lead(errors));
  useEffect(() => {
    if (error !== null) leadToRefused();
  }, [error]);
  const saysIt = Object.keys(errors).some((path) => Object.hasOwn(values, path.split('.')[0] ?? ''));
  return { pending: isPending, error: saysIt ? null : error, submit: onSubmit(send, lead) };
}

interface SendOptions<Values, Sent> extends FieldOptions<Values> {
  /** `key` stays the same for equal values until they were accepted: the `Idempotency-Key`. */
  readonly send: (values: Values, key: string) => Promise<Sent>;
  readonly onSent: (sent: Sent) => unknown;
  /** Whether it is reset after sending, for the next entry. */
  readonly stays?: true;
  readonly onSettled?: () => Promise<unknown>;
}

/** A form that creates something. */
export function useSendForm<Values extends object, Sent>(options: SendOptions<Values, Sent>) {
  const { send, onSent, stays = false, onSettled = () => Promise.resolve() } = options;
  const { form, refuse } = useFields(options);
  const isUnsaved = form.isDirty();
  const release = useUnsavedGuard(isUnsaved);
  const onSuccess = (sent: Sent) => {
    release();
    if (stays) form.reset();
    return onSent(sent);
  };
  const sending = useChange({ mutationFn: send, onSuccess, onError: refuse, onSettled });
  return {
    form,
    sending: { ...useSubmission(form, sending, (values) => sending.mutate(values)), isUnsaved },
    sent: sending.data,
  };
}
