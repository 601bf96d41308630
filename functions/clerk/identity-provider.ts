import type { FoundPerson, SuperAdminProvider } from '../../domain/approval/make-super-admin.ts';
import type { DriftProvider } from '../../domain/drift/run-drift.ts';
import { AppError } from '../../domain/errors.ts';
import type { InvitationSender } from '../../domain/invitation/send-invitation.ts';
import type { IsMember } from '../../domain/user/member-claims.ts';
import type { LinkPerson } from '../../domain/user/unlink-outbox.ts';
import { invokeNow } from '../aws/lambda.ts';
import { unavailable } from './api.ts';
import type { GatewayAnswer, GatewayRequest } from './gateway-request.ts';

/** The identity provider, as seen by functions without its key. */
export interface IdentityProvider extends InvitationSender {
  readonly link: LinkPerson;
  /** Whether a user is a member of an organization that the calling function can't open. */
  readonly isMember: IsMember;
}

/**
 * Invokes the gateway, the only function with Clerk's key. If it can't be invoked, Clerk counts as
 * unreachable.
 */
const askGateway =
  (gatewayFunction: string) =>
  async (request: GatewayRequest): Promise<GatewayAnswer> => {
    const answer = await invokeNow(gatewayFunction, request).catch((cause: unknown) => {
      throw unavailable(cause);
    });
    // Loaded on first use: few requests need Clerk, and a cold start shouldn't build these schemas.
    return (await import('./gateway-request.ts')).GatewayAnswer.parse(answer);
  };

/** Clerk, accessed through the gateway. */
export function identityProvider(gatewayFunction: string): IdentityProvider {
  const ask = askGateway(gatewayFunction);
  const done = async (request: GatewayRequest): Promise<void> => {
    const { outcome } = await ask(request);
    if (outcome !== 'done') throw unavailable(new Error(`the gateway answered ${outcome}`));
  };
  return {
    async send({ organizationId, invitationId }) {
      const answer = await ask({ ask: 'send-letter', organizationId, invitationId }).catch(queuedIfAway);
      switch (answer.outcome) {
        case 'sent':
          return { delivery: 'sent', providerId: answer.providerId };
        case 'failed':
          return { delivery: 'failed', deliveryProblem: answer.deliveryProblem };
        default:
          return { delivery: 'queued' };
      }
    },
    withdraw: (providerId) => done({ ask: 'withdraw-letter', providerId }),
    link: (userId) => done({ ask: 'link-person', userId }),
    async isMember(organizationId, userId) {
      const answer = await ask({ ask: 'is-member', organizationId, userId });
      if (answer.outcome === 'member') return answer.isMember;
      throw unavailable(new Error(`the gateway answered ${answer.outcome}`));
    },
  };
}

function queuedIfAway(error: unknown): GatewayAnswer {
  if (error instanceof AppError) return { outcome: 'unavailable' };
  throw error;
}

/**
 * A sender for many emails within one request. Once its time is up, or the provider is unreachable or
 * throttling, the remaining invitations stay `queued`.
 */
export function sendingFor(milliseconds: number, sender: InvitationSender): InvitationSender {
  const end = performance.now() + milliseconds;
  let full = false;
  const over = () => performance.now() > end;
  return {
    ...sender,
    async send(letter) {
      if (full || over()) return { delivery: 'queued' };
      const delivery = await sender.send(letter);
      full ||= delivery.delivery === 'queued';
      return delivery;
    },
  };
}

/** Clerk as seen through the gateway, for the drift check: ids and versions, no names. */
export function driftProvider(gatewayFunction: string): DriftProvider {
  const ask = askGateway(gatewayFunction);
  return {
    async compare(sweep, after) {
      const answer = await ask({ ask: 'compare', sweep, after });
      if (answer.outcome === 'compared') return answer;
      throw unavailable(new Error(`the gateway answered ${answer.outcome}`));
    },
    async repair(difference) {
      const answer = await ask({ ask: 'repair', difference });
      if (answer.outcome === 'mended') return { result: answer.result, reason: answer.reason };
      throw unavailable(new Error(`the gateway answered ${answer.outcome}`));
    },
  };
}

/** Clerk through the gateway, for creating super admins. */
export function superAdminProvider(gatewayFunction: string): SuperAdminProvider {
  const ask = askGateway(gatewayFunction);
  return {
    async find(approvalId): Promise<FoundPerson> {
      const answer = await ask({ ask: 'find-super-admin', approvalId });
      switch (answer.outcome) {
        case 'found':
        case 'invited':
          return answer;
        case 'failed':
          return { outcome: 'undeliverable' };
        default:
          throw unavailable(new Error(`the gateway answered ${answer.outcome}`));
      }
    },
    async link(userId) {
      const { outcome } = await ask({ ask: 'link-person', userId });
      if (outcome !== 'done') throw unavailable(new Error(`the gateway answered ${outcome}`));
    },
  };
}
