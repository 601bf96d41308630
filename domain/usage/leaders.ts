import type { OrganizationId } from '../ids.ts';
import { OrganizationMetric } from './metric.schema.ts';

/** An organization's figure of a day. */
interface Leader {
  readonly organizationId: OrganizationId;
  readonly value: number;
}

/** The organizations with the highest figures of a day, by metric, the highest first. Who has none of something isn't there. */
export type Leaders = Readonly<Partial<Record<OrganizationMetric, readonly Leader[]>>>;

const kept = 20;

const byValue = (a: Leader, b: Leader): number =>
  b.value - a.value || (a.organizationId < b.organizationId ? -1 : 1);

/** The highest of several lists. The highest of all are among the highest of each part. */
export const highest = (lists: readonly (readonly Leader[])[]): readonly Leader[] =>
  lists.flat().sort(byValue).slice(0, kept);

/** The leaders with one organization's figures more among them. The order of organizations makes no difference. */
export function withFigures(
  leaders: Leaders,
  organizationId: OrganizationId,
  figures: Readonly<Record<OrganizationMetric, number>>,
): Leaders {
  const next: Partial<Record<OrganizationMetric, readonly Leader[]>> = { ...leaders };
  for (const metric of OrganizationMetric.options) {
    const value = figures[metric];
    if (value > 0) next[metric] = highest([next[metric] ?? [], [{ organizationId, value }]]);
  }
  return next;
}
