import { type Comment, CommentId } from '../../../domain/comment/comment.schema.ts';
import {
  commentsAfter,
  findComment,
  type StoredComment,
  withAuthors,
} from '../../../domain/comment/list-comments.ts';
import { createComment, deleteComment, updateComment } from '../../../domain/comment/write-comment.ts';
import type { KpiId } from '../../../domain/ids.ts';
import { findKpi } from '../../../domain/kpi/find-kpi.ts';
import { instanceOfKpi, type Kpi } from '../../../domain/kpi/kpi.schema.ts';
import type { OrganizationDependencies } from '../dependencies.ts';
import { permittedKpi } from '../kpi/permitted-kpi.ts';
import { type Authorizing, resource } from '../resource.ts';
import { notFound } from '../steps/authorize.ts';
import { commentRoutes } from './routes.ts';

/** The comment in the path and its KPI, if the caller may do this to it. */
async function permitted(
  { ctx: { scope, now }, assertCan }: Authorizing,
  { kpiId, commentId }: { readonly kpiId: KpiId; readonly commentId: CommentId },
): Promise<{ readonly kpi: Kpi; readonly stored: StoredComment }> {
  const [kpi, stored] = await Promise.all([
    findKpi(scope, kpiId, now),
    findComment(scope, { kpiId, commentId }),
  ]);
  if (kpi === null || stored === null) throw notFound();
  assertCan({ ...instanceOfKpi(kpi), userId: stored.by }, 'Kpi');
  return { kpi, stored };
}

/** Comments on KPIs. */
export const comments = ({ page }: OrganizationDependencies) =>
  resource(commentRoutes, {
    listComments: async ({ ctx, assertCan, query, params: { kpiId } }) => {
      const listed = page({
        ctx,
        route: 'listComments',
        filter: kpiId,
        query,
        parse: (text) => CommentId.parse(text),
        positionOf: ({ id }: Comment) => id,
        after: (position, limit) => commentsAfter(ctx.scope, { kpiId, position, limit }),
      });
      const [{ items, nextCursor }] = await Promise.all([
        listed,
        permittedKpi({ ctx, assertCan }, kpiId, 'Kpi'),
      ]);
      return { items: await withAuthors(ctx.scope, items), nextCursor };
    },
    createComment: async ({ ctx, assertCan, params, body }) => {
      const kpi = await permittedKpi({ ctx, assertCan }, params.kpiId, 'Kpi');
      return await createComment(ctx, { kpi, input: body });
    },
    updateComment: async ({ ctx, assertCan, params, body, revision }) => {
      const found = await permitted({ ctx, assertCan }, params);
      return await updateComment(ctx, { ...found, ...body, revision });
    },
    deleteComment: async ({ ctx, assertCan, params, revision }) => {
      const found = await permitted({ ctx, assertCan }, params);
      await deleteComment(ctx, { ...found, revision });
      return undefined;
    },
  });
