import * as z from 'zod/mini';
import { AppError } from '../../domain/errors.ts';
import { type OrganizationId, PLATFORM } from '../../domain/ids.ts';
import type { ExchangeToken } from '../../domain/table/tenant-credentials.ts';
import { tokenCredentials } from '../../domain/table/token-credentials.ts';
import { httpRefusals } from './http.refusals.ts';
import type { VerifyToken } from './identity.ts';

/** The claim whose tags STS copies to a session. Source: IAM User Guide, session tags of OIDC tokens. */
const tagsClaim = 'https://aws.amazon.com/tags';
const Claims = z.object({
  [tagsClaim]: z.object({ principal_tags: z.object({ organizationId: z.tuple([z.string()]) }) }),
});

/** A misconfiguration for an operator to fix: logged, but not shown to the caller. */
const misconfigured = (what: string, cause?: unknown) =>
  new AppError('internal', 'unexpected', {
    cause: new Error(`${what}: see docs/deploy.md, “Clerk”`, { cause }),
  });

/** The organization that STS will find in a verified token. */
function taggedOrganization(token: string): string | undefined {
  const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  const claims = Claims.safeParse(payload);
  return claims.success ? claims.data[tagsClaim].principal_tags.organizationId[0] : undefined;
}

function refusal(error: unknown): unknown {
  switch (error instanceof Error ? error.name : '') {
    case 'ExpiredTokenException':
      return httpRefusals.session_expired({}, { cause: error });
    case 'IDPCommunicationErrorException':
      return httpRefusals.sign_in_unreachable({}, { cause: error });
    case 'InvalidIdentityTokenException':
    case 'IDPRejectedClaimException':
    case 'AccessDenied':
      return misconfigured('AWS STS gives no session for a session token of Clerk', error);
    default:
      return error;
  }
}

/** Translates errors of a token exchange: into the API's terms, or into a log message for operators. */
const explained =
  (exchange: ExchangeToken): ExchangeToken =>
  async (organizationId, token) => {
    const tagged = taggedOrganization(token);
    if (tagged !== organizationId)
      throw misconfigured(
        `A session token’s claim ${tagsClaim} names ${tagged === undefined ? 'no organization' : 'another organization than organizationId'}`,
      );
    return await exchange(organizationId, token).catch((error: unknown) => {
      throw refusal(error);
    });
  };

/** Opens customers' organizations with their members' own verified tokens. */
export function tokenSessions(exchange: ExchangeToken) {
  const { offer, assumeRole } = tokenCredentials(explained(exchange));
  return {
    assumeRole,
    offering:
      (verify: VerifyToken): VerifyToken =>
      async (token) => {
        const identity = await verify(token);
        const { organizationId } = identity;
        if (isCustomer(organizationId)) offer(organizationId, token);
        return identity;
      },
  };
}

const isCustomer = (id: OrganizationId | undefined): id is OrganizationId =>
  id !== undefined && id !== PLATFORM;
