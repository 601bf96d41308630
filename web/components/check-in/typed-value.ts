import { Quantity } from '../../../domain/kpi/goal.schema.ts';
import { ApiError } from '../../lib/api-error.ts';
import type { Texts } from '../../text/language.tsx';
import { said } from '../../text/said.ts';
import { doubtOf, numberOf } from '../form/number-field.ts';

/** Parses the value, or explains what is wrong with it. */
export function readValue(
  typed: string,
  { errors, kpis }: Texts,
): { readonly value: number } | { readonly problem: string } {
  const doubt = doubtOf(typed);
  if (doubt !== null) return { problem: errors.twoNumbers(doubt) };
  const value = numberOf(typed);
  return Quantity.safeParse(value).success ? { value } : { problem: kpis.valueNumber };
}

/** Why a value was refused. */
export function reasonOf(error: Error, texts: Texts): string {
  const { errors } = texts;
  if (!(error instanceof ApiError)) return errors.unexpected;
  if (error.code === 'offline') return errors.offline;
  return said(texts, error.fields[0] ?? error);
}
