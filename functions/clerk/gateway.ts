import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { AppError } from '../../domain/errors.ts';
import type { OrganizationId } from '../../domain/ids.ts';
import { partitionPatterns } from '../../domain/table/layout.ts';
import type { OrganizationScope } from '../../domain/table/scope.ts';
import { roleClient } from '../../domain/table/tables.ts';
import type { IdentityEvent } from '../../domain/user/apply-identity-event.ts';
import { membershipIn } from '../../domain/user/member-claims.ts';
import { invokeNow } from '../aws/lambda.ts';
import { clerkSettings, tableSettings } from '../settings.ts';
import { clerkApi } from './api.ts';
import { type GatewayAnswer, GatewayRequest } from './gateway-request.ts';
import { clerkLetters } from './letters.ts';
import { linkPerson } from './people.ts';
import { findSuperAdmin } from './super-admins.ts';

const logger = new Logger();
const { CLERK_API_URL, CLERK_SECRET_ID, APP_ORIGIN, WEBHOOKS_FUNCTION_NAME } = clerkSettings();
const table = roleClient(tableSettings().TABLE_NAME, partitionPatterns.clerkGateway);
const at = (organizationId: OrganizationId): OrganizationScope => ({ organizationId, ...table });
const clerk = clerkApi({ apiUrl: CLERK_API_URL, secretId: CLERK_SECRET_ID });
const letters = clerkLetters(clerk, APP_ORIGIN);
/** The drift check, loaded on demand. Repairs are applied by the webhooks function. */
async function drift() {
  const [{ comparePart, repair }, { DeliveryAnswer }] = await Promise.all([
    import('./drift.ts'),
    import('./identity-delivery.ts'),
  ]);
  const deliver = async (identity: IdentityEvent) =>
    DeliveryAnswer.parse(await invokeNow(WEBHOOKS_FUNCTION_NAME, { identity })).outcome;
  const parts = { clerk, plane: table, now: () => new Date(), deliver };
  return {
    compare: comparePart.bind(null, parts),
    repair: repair.bind(null, parts),
  };
}

/**
 * The only function that can read Clerk's secret key. It isn't reachable by requests: other functions
 * invoke it with a `GatewayRequest`. Throws on any other input before reading a secret.
 */
export const handler = async (event: unknown, context: Context): Promise<GatewayAnswer> => {
  logger.addContext(context);
  const request = GatewayRequest.parse(event);
  try {
    switch (request.ask) {
      case 'send-letter':
        return await letters.send(at(request.organizationId), request.invitationId);
      case 'withdraw-letter':
        await letters.withdraw(request.providerId);
        return { outcome: 'done' };
      case 'link-person':
        await linkPerson(clerk, at, request.userId, new Date());
        return { outcome: 'done' };
      case 'is-member':
        return {
          outcome: 'member',
          isMember: await membershipIn(at)(request.organizationId, request.userId),
        };
      case 'compare':
        return { outcome: 'compared', ...(await (await drift()).compare(request.sweep, request.after)) };
      case 'repair':
        return { outcome: 'mended', ...(await (await drift()).repair(request.difference)) };
      case 'find-super-admin':
        return await findSuperAdmin(clerk, at, {
          approvalId: request.approvalId,
          appOrigin: APP_ORIGIN,
          now: new Date(),
        });
    }
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'identity_unavailable')) throw error;
    logger.warn('Clerk is not available', { ask: request.ask, cause: String(error.cause) });
    return { outcome: 'unavailable' };
  }
};
