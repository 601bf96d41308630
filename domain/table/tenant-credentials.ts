import type { Credentials as Issued, STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@aws-sdk/types';
import type { OrganizationId } from '../ids.ts';

/** Opens a session of the tenant role, with the organization as session tag. It lasts an hour. */
export type AssumeRole = (organizationId: OrganizationId) => ReturnType<AwsCredentialIdentityProvider>;

/** Gives credentials for the organization that a live token's signed claim names. */
export type ExchangeToken = (organizationId: OrganizationId, token: string) => Promise<AwsCredentialIdentity>;

/**
 * Credentials that see one organization only. The SDK memoizes what a provider returns until five minutes
 * before it expires and lets one refresh run at a time, so this asks STS once an hour and organization.
 * Source: AWS SDK for JavaScript v3, `memoizeIdentityProvider`.
 */
export const tenantCredentials =
  (assumeRole: AssumeRole, organizationId: OrganizationId): AwsCredentialIdentityProvider =>
  () =>
    assumeRole(organizationId);

/** The longest that AWS gives a role that another role assumes, and the shortest maximum a role can have. */
const lifetimeSeconds = 3600;

// Loaded on first use: a cold start that needs no tenant data doesn't pay for the client.
async function load() {
  const sts = await import('@aws-sdk/client-sts');
  client ??= new sts.STSClient({});
  return { sts, client };
}
let client: STSClient | undefined;

/**
 * AWS STS's `AssumeRole`: by the function's own role, for an organization of its choice. For functions whose
 * work nobody signs in for.
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
 * AWS STS's `AssumeRoleWithWebIdentity`: by somebody's session token, for the organization that its signed
 * claim names and no other. The function's own role has no part in it.
 * @param sessionName what the role's trust policy wants the session to be called: see `TenantRole`
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
