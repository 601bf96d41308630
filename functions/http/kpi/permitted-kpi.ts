import type { Subject } from '../../../domain/access/permission.ts';
import type { KpiId } from '../../../domain/ids.ts';
import { findKpi } from '../../../domain/kpi/find-kpi.ts';
import { instanceOfKpi, type Kpi } from '../../../domain/kpi/kpi.schema.ts';
import type { Authorizing } from '../resource.ts';
import { notFound } from '../steps/authorize.ts';

/**
 * The KPI in the path, if the caller may do this to it or to what belongs to it.
 * @param shownAs the subject that makes it visible when readable, see `AssertCan`
 */
export async function permittedKpi(
  { ctx: { scope, now }, assertCan }: Authorizing,
  kpiId: KpiId,
  shownAs?: Subject,
): Promise<Kpi> {
  const kpi = await findKpi(scope, kpiId, now);
  if (kpi === null) throw notFound();
  assertCan(instanceOfKpi(kpi), shownAs);
  return kpi;
}
