import * as z from 'zod/mini';
import { type HealthLevel, type HealthReasonCode, healthLevels, healthReasons } from './health.schema.ts';

/** The points that each reason deducts, by level. */
export type HealthWeights = Readonly<
  Record<HealthReasonCode, Readonly<Partial<Record<HealthLevel, number>>>>
>;

/** The score of an organization without any reason. */
export const fullScore = 100;

/**
 * The points that each reason deducts from 100, by level. `npm run health:backtest` shows how well they
 * separate organizations that left from those that stayed; docs/metrics.md explains them.
 */
export const healthWeights: HealthWeights = {
  suspended: { inactive: 100 },
  plan_expired: { at_risk: 70 },
  plan_ends_soon: { at_risk: 25, watch: 10 },
  no_admin: { at_risk: 50, new: 10 },
  no_activity: { at_risk: 45 },
  low_activity: { at_risk: 30 },
  no_check_ins: { at_risk: 30, watch: 15 },
  invitations_waiting: { watch: 5 },
  teams_without_leader: { watch: 10 },
  kpis_quiet: { watch: 10 },
};

const Weight = z.int().check(z.minimum(1), z.maximum(fullScore));
const Weights = z.strictObject(
  Object.fromEntries(
    healthReasons.map((code) => [code, z.partialRecord(z.enum(healthLevels), Weight)] as const),
  ),
);

/**
 * Validates weights and returns one sentence per problem: a missing reason, a weight outside 1–100, or one
 * that is lower for `at_risk` than for `watch`.
 */
export function problemsOf(weights: unknown): string[] {
  const parsed = Weights.safeParse(weights);
  if (!parsed.success)
    return parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'weights'}: ${message}`);
  return Object.entries(parsed.data).flatMap(([code, { at_risk, watch, ...others }]) => [
    ...(at_risk === undefined && watch === undefined && Object.keys(others).length === 0
      ? [`${code}: has no weight`]
      : []),
    ...(at_risk !== undefined && watch !== undefined && at_risk <= watch
      ? [`${code}: weighs no more at risk than when it is watched`]
      : []),
  ]);
}
