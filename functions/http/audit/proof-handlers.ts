import type * as z from 'zod/mini';
import type { AuditExportQuery } from '../../../domain/audit/audit.schema.ts';
import type {
  CheckpointRequested,
  LatestCheckpoint,
  LatestCheckpointQuery,
  Receipt,
  ReceiptQuery,
} from '../../../domain/audit/checkpoints/checkpoint.schema.ts';
import { exportProof } from '../../../domain/audit/checkpoints/export-proof.ts';
import { latestCheckpoint, proveEntry } from '../../../domain/audit/checkpoints/prove-entry.ts';
import { recordCheckpointRequest, recordExport } from '../../../domain/audit/record-access.ts';
import type { Context } from '../../../domain/context.ts';
import { invokeLater } from '../../aws/lambda.ts';
import type { FileAnswer } from '../file-answer.ts';
import type { BatchPager } from '../paging.ts';
import type { ApiEvent } from '../request.ts';
import { exportAnswer, readProofPlace, writeProofPlace } from './cursor.ts';

interface ProofExport {
  readonly ctx: Context;
  readonly query: z.infer<typeof AuditExportQuery>;
  readonly event: ApiEvent;
  readonly batch: BatchPager;
}

/** One part of a proof file. */
export async function exportAsProof({ ctx, query, event, batch }: ProofExport): Promise<FileAnswer> {
  const { scope, now } = ctx;
  const { items, nextCursor } = await batch({
    ctx,
    route: 'exportAuditEntries',
    filter: query.format,
    query,
    parse: readProofPlace,
    read: async (position) => {
      const [{ text, next }] = await Promise.all([
        exportProof(scope, position, now),
        // As with other formats, an export that can't be recorded is refused.
        position === undefined ? recordExport(ctx, {}) : undefined,
      ]);
      return { items: [text], next: writeProofPlace(next) };
    },
  });
  const format = { mediaType: 'application/jsonl', extension: 'proof.jsonl' };
  return exportAnswer({ event, format, now, name: `audit-${scope.organizationId}`, items, nextCursor });
}

export const latest = (
  { scope }: Context,
  { from }: z.infer<typeof LatestCheckpointQuery>,
): Promise<LatestCheckpoint> => latestCheckpoint(scope, from);

export const receipt = ({ scope }: Context, query: z.infer<typeof ReceiptQuery>): Promise<Receipt> =>
  proveEntry(scope, query);

/**
 * Requests a checkpoint, which is taken in the background. If the request can't be recorded, it is refused.
 */
export async function request(
  ctx: Context,
  checkpointsFunction: string,
): Promise<z.infer<typeof CheckpointRequested>> {
  await recordCheckpointRequest(ctx);
  await invokeLater(checkpointsFunction, { organizationId: ctx.scope.organizationId });
  return { requestedAt: ctx.now.toISOString() };
}
