import { PLATFORM } from '../ids.ts';
import {
  findOlderAuditMonths,
  firstAuditMonth,
  noteOlderAuditMonths,
} from '../organization/directory-row.ts';
import { entityOf } from '../table/entity.ts';
import { type ControlPlane, type OrganizationScope, withinOrganization } from '../table/scope.ts';
import { AuditItem } from './audit.noun.ts';
import type { AuditEntry } from './audit.schema.ts';
import { monthOf, monthsDown, type OlderMonths } from './paginate-trail.ts';

/**
 * Months before an organization's creation that have audit entries, which only an import creates. Costs one
 * Get. An organization older than this record is searched once, some years per call.
 * @param beginning the organization's creation (ISO 8601)
 * @param wanted the earliest requested time
 */
export async function olderMonths(
  scope: OrganizationScope,
  beginning: string,
  wanted: string,
): Promise<OlderMonths> {
  const noted = await findOlderAuditMonths(scope);
  if (noted === null) return { months: [] };
  const known = noted.from ?? monthOf(beginning);
  const { found, from } = known > firstAuditMonth ? await search(scope, known) : { found: [], from: known };
  const first = monthOf(beginning);
  const last = monthOf(wanted);
  const months = [...new Set([...noted.months, ...found])]
    .filter((month) => month >= last && month >= from && month < first)
    .sort()
    .reverse();
  return from > firstAuditMonth && from > last ? { months, from } : { months };
}

/**
 * Records the months of entries that an import is about to write. Months since the organization's creation
 * need no record.
 */
export async function noteOlderMonths(
  plane: ControlPlane,
  entries: readonly Pick<AuditEntry, 'organizationId' | 'timestamp'>[],
): Promise<void> {
  const byOrganization = Map.groupBy(entries, ({ organizationId }) => organizationId);
  byOrganization.delete(PLATFORM);
  await Promise.all(
    [...byOrganization].map(([id, some]) =>
      noteMonths(
        withinOrganization(plane, id),
        some.map(({ timestamp }) => monthOf(timestamp)),
      ),
    ),
  );
}

async function noteMonths(scope: OrganizationScope, months: readonly string[]): Promise<void> {
  const noted = await findOlderAuditMonths(scope);
  if (noted === null) return;
  const first = monthOf(noted.createdAt);
  const older = [...new Set(months)].filter((month) => month < first && !noted.months.includes(month));
  if (older.length > 0) await noteOlderAuditMonths(scope, { months: older });
}

/** How many months are queried in parallel, and how many per call. */
const atOnce = 48;
const mostMonths = 2 * atOnce;

/** Searches months before `known` for entries, and records the result. */
async function search(scope: OrganizationScope, known: string): Promise<{ found: string[]; from: string }> {
  const months = monthsDown(known, mostMonths + 1, firstAuditMonth).slice(1);
  const found: string[] = [];
  for (let index = 0; index < months.length; index += atOnce) {
    const some = months.slice(index, index + atOnce);
    const full = await Promise.all(some.map((month) => hasEntry(scope, month)));
    found.push(...some.filter((_, at) => full[at]));
  }
  const from = months.at(-1) ?? firstAuditMonth;
  await noteOlderAuditMonths(scope, { months: found, from });
  return { found, from };
}

async function hasEntry(
  { organizationId, client, table }: OrganizationScope,
  month: string,
): Promise<boolean> {
  const { data } = await entityOf(AuditItem)
    .query.primary({ organizationId, month })
    .go({ client, table, limit: 1, pages: 1, attributes: ['entryId'] });
  return data.length > 0;
}
