import { entityOf } from '../table/entity.ts';
import { consistently } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { AuditItem } from './audit.noun.ts';
import { monthOf } from './paginate-trail.ts';

/** The actions in a trail from a time on (ISO 8601). */
export async function actionsSince(scope: OrganizationScope, since: string, now: Date): Promise<string[]> {
  const { organizationId } = scope;
  const found: string[] = [];
  for (const month of new Set([monthOf(since), monthOf(now.toISOString())])) {
    const { data } = await entityOf(AuditItem)
      .query.primary({ organizationId, month })
      .gte({ timestamp: since })
      .go({ ...consistently(scope), pages: 'all' });
    found.push(...data.map(({ action }) => action));
  }
  return found;
}
