import { AuditFeedExport, type AuditFeedExportQuery } from '../audit/audit.schema.ts';
import { exportPart, feedFormats } from '../audit/export-trail.ts';
import { auditFeed } from '../audit/list-feed.ts';
import type { AuditPosition } from '../audit/paginate-trail.ts';
import { recordExport } from '../audit/record-access.ts';
import type { Context } from '../context.ts';
import type { ControlPlane } from '../table/scope.ts';
import { approvalRefusals } from './approval.refusals.ts';
import { type BeginApproved, requireApproval } from './require-approval.ts';

/** Dependencies of a feed export. */
interface Exporting {
  readonly plane: ControlPlane;
  readonly begin: BeginApproved;
  /** How far back it goes by default. */
  readonly reach: string;
  /** Whether organizations' details are withheld; see `auditFeed`. */
  readonly isWithheld: boolean;
}

/**
 * The next part of a feed export, recorded when it starts. An export of all organizations requires an
 * approval with exactly the same values; one organization's part doesn't. Later parts require the first
 * one's cursor.
 */
export async function exportFeed(
  ctx: Context,
  { query, position }: { readonly query: AuditFeedExportQuery; readonly position: AuditPosition | undefined },
  { plane, begin, reach, isWithheld }: Exporting,
) {
  const { approvalId, organizationId, format, cursor: _, ...filter } = query;
  if (organizationId === undefined && position === undefined) {
    const { data: input } = AuditFeedExport.safeParse({ ...filter, format });
    if (approvalId !== undefined && input === undefined) throw approvalRefusals.approval_for_another_input();
    if (input === undefined) throw approvalRefusals.approval_needed();
    await requireApproval(begin, approvalId, { kind: 'audit-feed.export', input });
  }
  const asked = { filter, organizationId, since: filter.from ?? reach, now: ctx.now, isWithheld };
  const [part] = await Promise.all([
    exportPart(
      (from, limit) => auditFeed(plane, { ...asked, position: from, limit }),
      position,
      feedFormats[format],
    ),
    // An export that can't be recorded is refused.
    position === undefined ? recordExport(ctx, recorded(query)) : undefined,
  ]);
  return part;
}

/** The request, as recorded in the export's audit entry. */
const recorded = ({ format: _, cursor: __, ...asked }: AuditFeedExportQuery): Record<string, string> =>
  Object.fromEntries(
    Object.entries(asked).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
