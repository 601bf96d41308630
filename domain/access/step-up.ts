import * as z from 'zod/mini';
import { accessRefusals } from './access.refusals.ts';

/** How somebody has just proved who they are. */
export const Factor = z.enum(['first', 'second']);
export type Factor = z.infer<typeof Factor>;

/** Minutes since each factor was proved when the session token was made; -1 for one that never was. */
export type FactorAges = readonly [first: number, second: number];

/** For how many minutes a proof is fresh. Clerk's preset `strict` has the same. */
export const freshMinutes = 10;

const isFresh = (age: number): boolean => age >= 0 && age < freshMinutes;

/** What a session tells of its person. */
export interface Confirming {
  readonly actor: { readonly impersonatedBy?: string | undefined };
  readonly factorAges: FactorAges | undefined;
  /** Whether their account has a second factor, as far as is known. */
  readonly twoFactor: boolean | undefined;
}

/**
 * Returns the factor by which somebody has just confirmed that it is them: the second, or the first where
 * their account has no second. Throws `reverification_required` when that is too long ago, and `forbidden`
 * for somebody who acts as another.
 */
export function confirmedBy({ actor, factorAges, twoFactor }: Confirming): Factor {
  if (actor.impersonatedBy !== undefined) throw accessRefusals.not_while_impersonating();
  const [first, second] = factorAges ?? [-1, -1];
  const factor: Factor = second >= 0 || twoFactor === true ? 'second' : 'first';
  if (isFresh(factor === 'second' ? second : first)) return factor;
  throw accessRefusals.confirm_identity({ minutes: freshMinutes });
}
