import type { KpiId } from '../ids.ts';
import { acts, item, noun, optional, text, timeToLive } from '../table/item.ts';
import type { CommentId } from './comment.schema.ts';

/** A comment on a KPI. All comments of a KPI are one query. */
export const CommentItem = item({
  name: 'comment',
  partOf: 'kpi',
  key: ['{organizationId}#comment#{kpiId}', '{commentId}'],
  shown: {
    kpiId: text<KpiId>(),
    commentId: text<CommentId>(),
    text: text(),
    by: text(),
  },
  hidden: {
    /** Set once the KPI is deleted. */
    expiresAt: optional(timeToLive()),
  },
  trail: {
    ...acts({
      'never: creation': ['comment.created'],
      'never: kind': ['comment.updated', 'comment.deleted'],
      'never: expiry': ['comment.expired'],
    }),
  },
});

export const commentNoun = noun({ name: 'comment', subjects: ['Comment'], items: [CommentItem] });
