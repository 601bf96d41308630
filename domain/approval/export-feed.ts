import { AuditFeedExport, type AuditFeedExportQuery } from '../audit/audit.schema.ts';
import { exportPart, feedFormats } from '../audit/export-trail.ts';
import { auditFeed } from '../audit/list-feed.ts';
import type { AuditPosition } from '../audit/paginate-trail.ts';
import { recordExport } from '../audit/record-access.ts';
import type { Context } from '../context.ts';
import type { ControlPlane } from '../table/scope.ts';
import { approvalRefusals } from './approval.refusals.ts';
import { type BeginApproved, requireApproval } from './require-approval.ts';

/** What an export of the feed takes. */
interface Exporting {
  readonly plane: ControlPlane;
  readonly begin: BeginApproved;
  /** How far back it goes when nothing is said. */
  readonly reach: string;
  /** Whether organizations' details stay with them, see `auditFeed`. */
  readonly isWithheld: boolean;
}

/**
 * The next part of an export of the feed, which is recorded when it begins. The trails of all organizations
 * leave only as two super admins approved it, value for value; one organization's part needs nobody else. A
 * later part needs the first one's cursor.
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
    // As for an organization's own: what can't be recorded doesn't happen.
    position === undefined ? recordExport(ctx, recorded(query)) : undefined,
  ]);
  return part;
}

/** What is asked for, as the record of an export says it. */
const recorded = ({ format: _, cursor: __, ...asked }: AuditFeedExportQuery): Record<string, string> =>
  Object.fromEntries(
    Object.entries(asked).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
