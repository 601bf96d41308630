import type { STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentityProvider } from '@aws-sdk/types';
import type { OrganizationId } from '../ids.ts';

/**
 * `AssumeRole` of AWS STS on the tenant role, with the organization as session tag. Lasts at most an hour
 * (role chaining).
 */
export type AssumeRole = (organizationId: OrganizationId) => ReturnType<AwsCredentialIdentityProvider>;

/**
 * Credentials that see one organization only. The SDK memoizes what a provider returns until five minutes
 * before it expires and lets one refresh run at a time, so this asks STS once an hour and organization.
 * Source: AWS SDK for JavaScript v3, `memoizeIdentityProvider`.
 */
export const tenantCredentials =
  (assumeRole: AssumeRole, organizationId: OrganizationId): AwsCredentialIdentityProvider =>
  () =>
    assumeRole(organizationId);

/**
 * The real `AssumeRole`. The client is loaded on first use: a cold start that needs no tenant data doesn't
 * pay for it.
 */
export function stsAssumeRole(roleArn: string): AssumeRole {
  let client: STSClient | undefined;
  return async (organizationId) => {
    const { AssumeRoleCommand, STSClient } = await import('@aws-sdk/client-sts');
    client ??= new STSClient({});
    const { Credentials } = await client.send(
      new AssumeRoleCommand({
        RoleArn: roleArn,
        RoleSessionName: organizationId,
        Tags: [{ Key: 'organizationId', Value: organizationId }],
        DurationSeconds: 3600,
      }),
    );
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = Credentials ?? {};
    if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration)
      throw new Error('STS answered AssumeRole without credentials');
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      expiration: Expiration,
    };
  };
}
