import type { KpiId } from '../ids.ts';
import { namesOf } from '../kpi/kpi-people.ts';
import { entityOf, type KeyOf, type Stored } from '../table/entity.ts';
import { placesOf } from '../table/query.ts';
import { consistently, find } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { CommentItem } from './comment.noun.ts';
import { Comment, type CommentId } from './comment.schema.ts';

/** A comment, as stored. */
export type StoredComment = Stored<typeof CommentItem>;

/** The same as the API shows it. */
export const showComment = ({ commentId, changed, ...stored }: StoredComment): Comment =>
  Comment.parse({
    ...stored,
    id: commentId,
    // Only who wrote it changes it.
    ...(changed.by === stored.by && changed.role === 'super_admin' && { bySupport: true }),
  });

/** Comments with the names of their authors. */
export async function withAuthors(
  scope: OrganizationScope,
  comments: readonly Comment[],
): Promise<Comment[]> {
  const names = await namesOf(
    scope,
    comments.map(({ by }) => by),
  );
  return comments.map((comment) => {
    const byName = names.get(comment.by);
    return byName === undefined ? comment : { ...comment, byName };
  });
}

/** Reads a comment as it is now, or null. */
export const findComment = (
  scope: OrganizationScope,
  { kpiId, commentId }: KeyOf<typeof CommentItem>,
): Promise<StoredComment | null> => find(scope, CommentItem, { kpiId, commentId });

const { primary } = placesOf(entityOf(CommentItem)).byAccessPattern;

/** A KPI's comments, newest first, after `position`; at most `limit`. */
export async function commentsAfter(
  scope: OrganizationScope,
  { kpiId, position, limit }: { kpiId: KpiId; position: CommentId | undefined; limit: number },
): Promise<Comment[]> {
  const { organizationId } = scope;
  const cursor =
    position === undefined
      ? null
      : primary.fromComposite.toCursor({ organizationId, kpiId, commentId: position });
  const { data } = await entityOf(CommentItem)
    .query.primary({ organizationId, kpiId })
    .go({ ...consistently(scope), limit, pages: 1, order: 'desc', cursor });
  return data.map(showComment);
}
