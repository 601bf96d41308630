import { ulid } from 'ulid';
import { type Context, naming } from '../context.ts';
import { stale } from '../errors.ts';
import { checkKpi } from '../kpi/find-kpi.ts';
import type { Kpi } from '../kpi/kpi.schema.ts';
import { transact } from '../table/transaction.ts';
import { change, create, fresh, remove } from '../table/writes.ts';
import { CommentItem } from './comment.noun.ts';
import { type Comment, CommentId, commentRefusals, type NewComment } from './comment.schema.ts';
import { type StoredComment, showComment } from './list-comments.ts';

/** Adds a comment to a KPI. Throws `conflict` if the KPI was deleted or moved meanwhile. */
export async function createComment(
  given: Context,
  { kpi, input }: { readonly kpi: Kpi; readonly input: NewComment },
): Promise<Comment> {
  const ctx = naming(given, [kpi.id, kpi.name]);
  const { scope, actor, now } = ctx;
  const commentId = CommentId.parse(`comment_${ulid(now.getTime())}`);
  const values = { ...input, commentId, kpiId: kpi.id, by: actor.by };
  const item = fresh(ctx, CommentItem, values, 'comment.created');
  await transact(scope, [checkKpi(scope, kpi), create(scope, CommentItem, item)]);
  return showComment(item);
}

interface Written {
  readonly kpi: Kpi;
  readonly stored: StoredComment;
  /** The revision that the change is based on; at any other it is refused with `stale`. */
  readonly revision: number;
}

/** Edits a comment. Throws `forbidden` for another user's, regardless of role. */
export async function updateComment(
  given: Context,
  { kpi, stored, revision, text }: Written & NewComment,
): Promise<Comment> {
  if (stored.by !== given.actor.by) throw commentRefusals.comment_not_yours();
  if (stored.revision !== revision) throw stale();
  const ctx = naming(given, [kpi.id, kpi.name]);
  const { kpiId, commentId } = stored;
  const edit = { action: 'comment.updated', set: { text }, at: revision } as const;
  await transact(ctx.scope, [change(ctx, CommentItem, { kpiId, commentId }, edit)]);
  return showComment({ ...stored, text, revision: revision + 1, updatedAt: ctx.now.toISOString() });
}

/** Deletes a comment. */
export async function deleteComment(given: Context, { kpi, stored, revision }: Written): Promise<void> {
  if (stored.revision !== revision) throw stale();
  const ctx = naming(given, [kpi.id, kpi.name]);
  await transact(ctx.scope, remove(ctx, CommentItem, stored, 'comment.deleted'));
}
