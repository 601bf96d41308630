import * as z from 'zod/mini';
import {
  Comment,
  CommentId,
  CommentListQuery,
  CommentPage,
  NewComment,
} from '../../../domain/comment/comment.schema.ts';
import { KpiId } from '../../../domain/ids.ts';
import { organizationParams, type Route } from '../route.ts';

const ofKpi = z.extend(organizationParams, { kpiId: KpiId });
const params = z.extend(ofKpi, { commentId: CommentId });
const example = { text: 'Two wards were closed for painting this week.' };

/** Comments on a KPI. Whoever can see the KPI can read and add them. */
export const commentRoutes = {
  listComments: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/kpis/{kpiId}/comments',
    function: 'organization',
    access: { kind: 'organization', action: 'list', subject: 'Comment', decides: 'handler' },
    summary: 'List the comments on a KPI, newest first',
    status: 200,
    params: ofKpi,
    query: CommentListQuery,
    response: CommentPage,
  },
  createComment: {
    method: 'POST',
    path: '/api/organizations/{organizationId}/kpis/{kpiId}/comments',
    function: 'organization',
    access: { kind: 'organization', action: 'create', subject: 'Comment', decides: 'handler' },
    summary: 'Comment on a KPI',
    status: 201,
    params: ofKpi,
    body: NewComment,
    example,
    response: Comment,
  },
  updateComment: {
    method: 'PATCH',
    path: '/api/organizations/{organizationId}/kpis/{kpiId}/comments/{commentId}',
    function: 'organization',
    access: { kind: 'organization', action: 'update', subject: 'Comment', decides: 'handler' },
    summary: 'Edit the caller’s own comment',
    status: 200,
    params,
    body: NewComment,
    example,
    response: Comment,
  },
  deleteComment: {
    method: 'DELETE',
    path: '/api/organizations/{organizationId}/kpis/{kpiId}/comments/{commentId}',
    function: 'organization',
    access: { kind: 'organization', action: 'delete', subject: 'Comment', decides: 'handler' },
    summary: 'Delete a comment: the caller’s own, or any on KPIs that they manage',
    status: 204,
    params,
  },
} as const satisfies Record<string, Route>;
