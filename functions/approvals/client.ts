import type { Approval, NewApproval } from '../../domain/approval/approval.schema.ts';
import type { BeginApproved } from '../../domain/approval/require-approval.ts';
import type { Context } from '../../domain/context.ts';
import { AppError } from '../../domain/errors.ts';
import type { ApprovalId } from '../../domain/ids.ts';
import { invokeNow } from '../aws/lambda.ts';
import { ApprovalAnswer, type ApprovalAsk, type Asking } from './ask.ts';

/** The user's request, whose token is passed on. */
interface AskingRequest {
  readonly ctx: Context;
  readonly event: { readonly headers: Readonly<Record<string, string | undefined>> };
}

const askingOf = ({ ctx: { actor }, event }: AskingRequest): Asking => ({
  token: (event.headers.authorization ?? '').replace(/^Bearer /i, ''),
  requestId: actor.requestId,
  ...(actor.ip === undefined ? {} : { ip: actor.ip }),
  ...(actor.userAgent === undefined ? {} : { userAgent: actor.userAgent }),
});

type Without<Asked> = Asked extends { readonly asking: Asking } ? Omit<Asked, 'asking'> : never;

/**
 * What a user may do with approval requests. The decision is made by another function, in the user's own
 * name.
 */
export interface Approvals {
  request(of: AskingRequest, request: NewApproval): Promise<Approval>;
  approve(of: AskingRequest, approvalId: ApprovalId, given: { readonly hash: string }): Promise<Approval>;
  refuse(of: AskingRequest, approvalId: ApprovalId, reason: string): Promise<Approval>;
  withdraw(of: AskingRequest, approvalId: ApprovalId, reason: string): Promise<Approval>;
  carryOut(of: AskingRequest, approvalId: ApprovalId): Promise<Approval>;
  /** Starts an approved action; see `requireApproval`. */
  begin(of: AskingRequest): BeginApproved;
}

/**
 * Client of the function that decides on approvals, for functions that serve requests. Rethrows its
 * refusals.
 */
export function approvals(functionName: string): Approvals {
  const ask = async (of: AskingRequest, asked: Without<ApprovalAsk>): Promise<Approval> => {
    const event = { ...asked, asking: askingOf(of) };
    const answer = ApprovalAnswer.parse(await invokeNow(functionName, event));
    if (answer.outcome === 'done') return answer.approval;
    if (answer.outcome === 'kept') throw new Error('a person was answered as a schedule');
    const { code, message, reason, params, fields } = answer;
    throw new AppError(code, message, { params, fields, reason });
  };
  return {
    request: (of, request) => ask(of, { ask: 'request', request }),
    approve: (of, approvalId, { hash }) => ask(of, { ask: 'approve', approvalId, hash }),
    refuse: (of, approvalId, reason) => ask(of, { ask: 'refuse', approvalId, reason }),
    withdraw: (of, approvalId, reason) => ask(of, { ask: 'withdraw', approvalId, reason }),
    carryOut: (of, approvalId) => ask(of, { ask: 'carry-out', approvalId }),
    begin:
      (of) =>
      ({ approvalId, ...asked }) =>
        ask(of, { ask: 'begin', approvalId, asked }),
  };
}
