import type { Credentials as Issued, STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@aws-sdk/types';
import type { OrganizationId } from '../ids.ts';

/** Starts a session of the tenant role with the organization as session tag, valid for an hour. */
export type AssumeRole = (organizationId: OrganizationId) => ReturnType<AwsCredentialIdentityProvider>;

/** Exchanges a valid token for credentials of the organization in its signed claim. */
export type ExchangeToken = (organizationId: OrganizationId, token: string) => Promise<AwsCredentialIdentity>;

/**
 * Credentials limited to one organization. The SDK memoizes a provider's result until five minutes before
 * it expires and runs one refresh at a time, so STS is called once an hour and organization. Source: AWS
 * SDK for JavaScript v3, `memoizeIdentityProvider`.
 */
export const tenantCredentials =
  (assumeRole: AssumeRole, organizationId: OrganizationId): AwsCredentialIdentityProvider =>
  () =>
    assumeRole(organizationId);

/** The maximum duration for role chaining, and the minimum of a role's maximum session duration. */
const lifetimeSeconds = 3600;

// Loaded on first use: cold starts without tenant data don't pay for the client.
async function load() {
  const sts = await import('@aws-sdk/client-sts');
  client ??= new sts.STSClient({});
  return { sts, client };
}
let client: STSClient | undefined;

/**
 * AWS STS's `AssumeRole` with the function's own role, for an organization of its choice. For functions
 * that work without a signed-in user.
 */
export const stsAssumeRole =
  (roleArn: string): AssumeRole =>
  async (organizationId) => {
    const { sts, client } = await load();
    const { Credentials } = await client.send(
      new sts.AssumeRoleCommand({
        RoleArn: roleArn,
        RoleSessionName: organizationId,
        Tags: [{ Key: 'organizationId', Value: organizationId }],
        DurationSeconds: lifetimeSeconds,
      }),
    );
    return usable(Credentials);
  };

/**
 * AWS STS's `AssumeRoleWithWebIdentity` with a user's session token, for the organization in its signed
 * claim and no other. The function's own role isn't involved.
 * @param sessionName the session name that the role's trust policy requires: see `TenantRole`
 */
export const stsExchangeToken =
  (roleArn: string, sessionName: string): ExchangeToken =>
  async (_, token) => {
    const { sts, client } = await load();
    const { Credentials } = await client.send(
      new sts.AssumeRoleWithWebIdentityCommand({
        RoleArn: roleArn,
        RoleSessionName: sessionName,
        WebIdentityToken: token,
        DurationSeconds: lifetimeSeconds,
      }),
    );
    return usable(Credentials);
  };

function usable(issued: Issued | undefined): AwsCredentialIdentity {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = issued ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration)
    throw new Error('STS answered without credentials');
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration,
  };
}
