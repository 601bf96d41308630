import type { KpiId } from '../ids.ts';
import { acts, item, noun, number, optional, text } from '../table/item.ts';
import type { CommentId } from './comment.schema.ts';

/** A comment on a KPI. All comments of a KPI are one query. */
export const CommentItem = item({
  name: 'comment',
  partOf: 'kpi',
  key: ['{organizationId}#comment#{kpiId}', '{commentId}'],
  attributes: {
    kpiId: text<KpiId>(),
    commentId: text<CommentId>(),
    text: text(),
    by: text(),
    /** Time to live, seconds since the epoch: set once the KPI is deleted. */
    expiresAt: optional(number()),
  },
  trail: {
    ...acts({
      'comment.created': 'never: creation',
      'comment.updated': 'never: kind',
      'comment.deleted': 'never: kind',
      'comment.expired': 'never: expiry',
    }),
    shows: ['kpiId', 'commentId', 'text', 'by'],
    hides: ['expiresAt'],
  },
});

export const commentNoun = noun({ name: 'comment', subjects: ['Comment'], items: [CommentItem] });
