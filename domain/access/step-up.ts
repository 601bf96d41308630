import * as z from 'zod/mini';
import { accessRefusals } from './access.refusals.ts';

/** The factor by which a user has confirmed their identity. */
export const Factor = z.enum(['first', 'second']);
export type Factor = z.infer<typeof Factor>;

/** Minutes since each factor was verified when the session token was issued; -1 for never. */
export type FactorAges = readonly [first: number, second: number];

/** How many minutes a verification counts as recent. The same as Clerk's preset `strict`. */
export const freshMinutes = 10;

const isFresh = (age: number): boolean => age >= 0 && age < freshMinutes;

/** What a session says about its user. */
export interface Confirming {
  readonly actor: { readonly impersonatedBy?: string | undefined };
  readonly factorAges: FactorAges | undefined;
  /** Whether the account has a second factor, if known. */
  readonly twoFactor: boolean | undefined;
}

/**
 * Returns the factor with which the user has recently confirmed their identity: the second, or the first if
 * the account has no second. Throws `reverification_required` if that is too long ago, and `forbidden` for
 * impersonated sessions.
 */
export function confirmedBy({ actor, factorAges, twoFactor }: Confirming): Factor {
  if (actor.impersonatedBy !== undefined) throw accessRefusals.not_while_impersonating();
  const [first, second] = factorAges ?? [-1, -1];
  const factor: Factor = second >= 0 || twoFactor === true ? 'second' : 'first';
  if (isFresh(factor === 'second' ? second : first)) return factor;
  throw accessRefusals.confirm_identity({ minutes: freshMinutes });
}
