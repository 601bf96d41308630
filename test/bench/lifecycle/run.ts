import { startControlPlane } from '../../integration/domain/support/control-plane.ts';
import { metered } from '../metered-plane.ts';
import { type Founded, found } from './founding.ts';
import { type JobCost, jobCosts } from './jobs.ts';

/** A job's units at each number of organizations, and the rule that it breaks, if any. */
export interface JobRow {
  readonly job: string;
  readonly per: JobCost['per'];
  readonly units: readonly number[];
  readonly problem: string;
}

const tolerance = 0.1;
const dayMs = 86_400_000;

/** Units don't depend on the number of organizations. */
function problemOf([first = 0, ...others]: readonly number[]): string {
  return others.some((units) => Math.abs(units - first) > Math.max(first * tolerance, 0.5))
    ? '✗ not flat'
    : '';
}

/** Every scheduled job at each number of organizations. */
export async function benchJobs(sizes: readonly number[]): Promise<readonly JobRow[]> {
  const { plane, stop } = await startControlPlane();
  const today = new Date();
  const founded: Founded[] = [];
  const costs: (readonly JobCost[])[] = [];
  try {
    const meter = metered(plane);
    for (const [index, size] of sizes.entries()) {
      founded.push(...(await found(plane, founded.length, size, today)));
      // Separate weeks for each, since a final day isn't computed again.
      costs.push(await jobCosts(plane, meter, founded, new Date(today.getTime() + index * 30 * dayMs)));
    }
  } finally {
    await stop();
  }
  const [first = []] = costs;
  return first.map(({ job, per }, at) => {
    const units = costs.map((all) => all[at]?.units ?? 0);
    return { job, per, units, problem: problemOf(units) };
  });
}
