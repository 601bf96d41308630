import * as z from 'zod/mini';
import { refusals } from '../errors.ts';
import { KpiId, prefixedUlid } from '../ids.ts';
import { page, pageQuery } from '../page.schema.ts';
import { paragraph } from '../text.schema.ts';
import { timestamp } from '../time.schema.ts';

/** `comment_` + ULID. */
export const CommentId = prefixedUlid('comment', 'a comment', 'CommentId');
export type CommentId = z.infer<typeof CommentId>;

/** A comment on a KPI, visible to everyone who sees it. */
export const Comment = z.object({
  id: CommentId,
  kpiId: KpiId,
  text: z.string(),
  /** The author. */
  by: z.string(),
  /** The author's name, if still a member; in lists only. */
  byName: z.optional(z.string()),
  /** Whether a platform user wrote it, in support access; they aren't a member. */
  bySupport: z.optional(z.boolean()),
  createdAt: timestamp,
  updatedAt: timestamp,
  /** Greater than 1 once edited. */
  revision: z.int(),
});
export type Comment = z.infer<typeof Comment>;

/** A new comment, or the text of one that is edited. */
export const NewComment = z.strictObject({ text: paragraph(4000) });
export type NewComment = z.infer<typeof NewComment>;

export const CommentListQuery = pageQuery;
export const CommentPage = page(Comment);

export const commentRefusals = refusals({
  comment_not_yours: ['forbidden', 'Only the person who wrote a comment can edit it.'],
});
