import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { approvalRefusals } from '../../domain/approval/approval.refusals.ts';
import type { Approval } from '../../domain/approval/approval.schema.ts';
import { beginApproved } from '../../domain/approval/begin-approved.ts';
import { approveRequest, refuseRequest, withdrawRequest } from '../../domain/approval/decide-request.ts';
import { keepApprovals } from '../../domain/approval/keep-approvals.ts';
import { makeSuperAdmin } from '../../domain/approval/make-super-admin.ts';
import { requestApproval } from '../../domain/approval/request-approval.ts';
import { type SessionProof, superAdminHere } from '../../domain/approval/super-admin-here.ts';
import type { Context as Acting } from '../../domain/context.ts';
import { AppError } from '../../domain/errors.ts';
import { partitionPatterns } from '../../domain/table/layout.ts';
import { platformScope } from '../../domain/table/scope.ts';
import { roleClient } from '../../domain/table/tables.ts';
import { findUser } from '../../domain/user/find-user.ts';
import { waitingAlone } from '../../events/alarming.ts';
import { superAdminProvider } from '../clerk/identity-provider.ts';
import { clerkSessions } from '../http/identity.ts';
import { jobDone } from '../metrics.ts';
import { gatewaySettings, sessionSettings, tableSettings } from '../settings.ts';
import { type ApprovalAnswer, ApprovalAsk, type Asking } from './ask.ts';

const logger = new Logger();
const settings = sessionSettings();
const plane = roleClient(tableSettings().TABLE_NAME, [
  partitionPatterns.approvals,
  ...partitionPatterns.approvalFacts,
  ...partitionPatterns.newSuperAdmin,
]);
const scope = platformScope(plane);
const making = { plane, provider: superAdminProvider(gatewaySettings().CLERK_GATEWAY_NAME) };
const verify = clerkSessions(settings);

const announce = ({ id: approvalId, kind, waitsUntil }: Approval) =>
  logger.warn(waitingAlone, { approvalId, kind, waitsUntil });

type PersonsAsk = Exclude<ApprovalAsk, { readonly ask: 'keep' }>;

/** Identifies the requester by their token; nothing else the calling function says about them is trusted. */
async function personOf({ token, ...where }: Asking): Promise<{ ctx: Acting; session: SessionProof }> {
  const { userId, impersonatedBy, factorAges } = await verify(token);
  const user = await findUser(scope, userId);
  if (user === null) throw approvalRefusals.not_an_active_super_admin();
  const { role, name } = user;
  const actor = { by: userId, role, name, impersonatedBy, ...where };
  return { ctx: { scope, actor, now: new Date() }, session: { factorAges } };
}

/** Carries out what this function can do itself; the scheduled run retries what isn't possible now. */
async function carriedOut(approval: Approval): Promise<Approval> {
  if (approval.kind !== 'super-admin.create') return approval;
  try {
    return await makeSuperAdmin(making, approval.id, new Date());
  } catch (error) {
    if (!(error instanceof AppError && error.code !== 'internal')) throw error;
    logger.warn('an approved request is carried out later', { approvalId: approval.id, code: error.code });
    return approval;
  }
}

async function answerPerson(ask: PersonsAsk): Promise<Approval> {
  const { ctx, session } = await personOf(ask.asking);
  switch (ask.ask) {
    case 'request':
      return await requestApproval(ctx, { ...ask.request, session }, { plane, announce });
    case 'approve':
      return await carriedOut(await approveRequest(ctx, { ...ask, session }, plane));
    case 'refuse':
      return await refuseRequest(ctx, ask);
    case 'withdraw':
      return await withdrawRequest(ctx, ask);
    case 'carry-out':
      await superAdminHere(ctx);
      return await makeSuperAdmin(making, ask.approvalId, ctx.now);
    case 'begin':
      return await beginApproved(ctx, { ...ask.asked, approvalId: ask.approvalId }, plane);
  }
}

/**
 * The only function that decides on approvals and, with the consent of two super admins, creates a super
 * admin. It isn't reachable by requests: other functions invoke it with an `ApprovalAsk`, and it only
 * trusts the caller's token. A schedule lets it continue unfinished work.
 */
export const handler = async (event: unknown, context: Context): Promise<ApprovalAnswer> => {
  logger.addContext(context);
  const ask = ApprovalAsk.parse(event);
  if (ask.ask === 'keep') {
    const { failures, ...figures } = await keepApprovals(making, new Date());
    logger.info('approvals kept', { ...figures, failed: failures.length });
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} requests failed`);
    jobDone('approvals');
    return { outcome: 'kept' };
  }
  try {
    return { outcome: 'done', approval: await answerPerson(ask) };
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'internal') throw error;
    const { code, message, reason, params, fields } = error;
    return { outcome: 'refused', code, message, reason, params, fields: [...fields] };
  }
};
