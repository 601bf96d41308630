import { useForm } from '@mantine/form';
import { createElement, type FormEvent, useEffect, useEffectEvent } from 'react';
import { ApiError } from '../../lib/api-error.ts';
import { useChange } from '../../lib/change.ts';
import { useUnsavedGuard } from '../../lib/unsaved.ts';
import { type Texts, useTexts } from '../../text/language.tsx';
import { type Problems, problemsOf } from './problems.ts';

export interface FieldOptions<Values> {
  readonly initialValues: Values;
  /** What is wrong with the values, by field, before they are sent. */
  readonly check: (values: Values) => Problems;
  /** The field to which a path of the API belongs, where it has another name. */
  readonly fieldOf?: ((path: string) => string) | undefined;
  readonly onValuesChange?: (() => void) | undefined;
}

/** One problem in words, which change with the reader's language. */
function Problem({ say }: { readonly say: (texts: Texts) => string }) {
  return say(useTexts());
}

const inWords = (problems: Problems) =>
  Object.fromEntries(
    Object.entries(problems).map(([field, say]) => [field, createElement(Problem, { say })]),
  );

/** The values of a form, and what is wrong with each: said in the reader's language. */
export function useFields<Values extends object>(options: FieldOptions<Values>) {
  const { initialValues, check, fieldOf, onValuesChange = () => undefined } = options;
  const form = useForm<Values>({
    initialValues,
    validate: (values) => inWords(check(values)),
    onValuesChange,
  });
  /** Shows at each field what the server has refused. */
  const refuse = (error: Error): void => {
    form.setErrors(inWords(problemsOf(error instanceof ApiError ? error.fields : [], fieldOf)));
  };
  return { form, refuse };
}

export type Form<Values extends object> = ReturnType<typeof useFields<Values>>['form'];

/** What sends a form, as the dialog or the page around its fields needs it. */
export interface Submission {
  readonly pending: boolean;
  /** What went wrong and belongs to no field. */
  readonly error: Error | null;
  readonly submit: (event: FormEvent<HTMLFormElement>) => void;
  /** Whether closing it would lose what was typed. */
  readonly isUnsaved?: boolean;
}

interface Sending {
  readonly isPending: boolean;
  readonly error: Error | null;
}

/**
 * Sends a form that is filled in well; else, and where the server refuses a field, leads to the first field
 * that is wrong, in the order of the page.
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
  // Only when it is drawn is a field open again that was closed while the server was asked.
  const leadToRefused = useEffectEvent(() => lead(errors));
  useEffect(() => {
    if (error !== null) leadToRefused();
  }, [error]);
  const saysIt = Object.keys(errors).some((path) => Object.hasOwn(values, path.split('.')[0] ?? ''));
  return { pending: isPending, error: saysIt ? null : error, submit: onSubmit(send, lead) };
}

interface SendOptions<Values, Sent> extends FieldOptions<Values> {
  /** `key` is the same for the same values until they were taken: an `Idempotency-Key`. */
  readonly send: (values: Values, key: string) => Promise<Sent>;
  readonly onSent: (sent: Sent) => unknown;
  /** Whether it is empty again once it was sent, for the next. */
  readonly stays?: true;
  readonly onSettled?: () => Promise<unknown>;
}

/** A form that makes something of what is typed. */
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
