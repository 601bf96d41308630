import { asOf, openRequests, requestsAfter, requireRequest } from '../../../domain/approval/find-approval.ts';
import { ApprovalId } from '../../../domain/ids.ts';
import type { AdminDependencies } from '../dependencies.ts';
import { resource } from '../resource.ts';
import { approvalRoutes } from './routes.ts';

/** Actions that need two super admins: read here, decided by the only function that may write them. */
export const approval = ({ approvals, page }: AdminDependencies) =>
  resource(approvalRoutes, {
    listApprovals: async ({ ctx, query }) => {
      const { scope, now } = ctx;
      if (query.state === 'open') return { items: await openRequests(scope, now), nextCursor: null };
      return await page({
        ctx,
        route: 'listApprovals',
        filter: query.state ?? '',
        query,
        parse: (text) => ApprovalId.parse(text),
        positionOf: ({ id }) => id,
        after: (position, limit) =>
          requestsAfter(scope, position, { limit, ended: query.state === 'ended', now }),
      });
    },
    getApproval: async ({ ctx: { scope, now }, params }) =>
      asOf(await requireRequest(scope, params.approvalId), now),
    requestApproval: (call) => approvals.request(call, call.body),
    approveRequest: (call) => approvals.approve(call, call.params.approvalId, call.body),
    refuseRequest: (call) => approvals.refuse(call, call.params.approvalId, call.body.reason),
    withdrawRequest: (call) => approvals.withdraw(call, call.params.approvalId, call.body.reason),
    carryOutRequest: (call) => approvals.carryOut(call, call.params.approvalId),
  });
