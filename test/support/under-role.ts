import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { TestProduct } from './product.ts';

const region = 'eu-central-1';
const Keys = z
  .object({ AccessKeyId: z.string(), SecretAccessKey: z.string(), SessionToken: z.string() })
  .transform(
    ({ AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken }) => ({
      accessKeyId,
      secretAccessKey,
      sessionToken,
    }),
  );

const functionOf = (product: TestProduct, name: string) => {
  const resource = product.functions.find(({ title }) => title === name);
  if (resource === undefined) throw new Error(`the deployment has no function "${name}"`);
  return resource;
};

/**
 * What code in a function could send to the table under the function's own role, past every check of ours.
 */
export async function under(product: TestProduct, name: string) {
  const { roleArn, name: session, environment } = functionOf(product, name);
  const { endpoint } = product.aws;
  const credentials = await product.aws.issueCredentials(roleArn, session);
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region, endpoint, credentials }));
  return { client, TableName: environment.TABLE_NAME };
}

/** The same under the tenant role, for one organization, as a function opens it. */
export async function underTenantRole(product: TestProduct, organizationId: string, opener = 'organization') {
  const { roleArn, name, environment } = functionOf(product, opener);
  const { endpoint } = product.aws;
  const own = await product.aws.issueCredentials(roleArn, name);
  const { Credentials: issued } = await new STSClient({ region, endpoint, credentials: own }).send(
    new AssumeRoleCommand({
      RoleArn: environment.TENANT_ROLE_ARN,
      RoleSessionName: 'test',
      Tags: [{ Key: 'organizationId', Value: organizationId }],
    }),
  );
  const credentials = Keys.parse(issued);
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region, endpoint, credentials }));
  return { client, TableName: environment.TABLE_NAME };
}

/** Reads Clerk's secret key under a function's own role. */
export async function readClerksKey(product: TestProduct, name: string): Promise<string | undefined> {
  const { roleArn, name: session } = functionOf(product, name);
  const { endpoint } = product.aws;
  const credentials = await product.aws.issueCredentials(roleArn, session);
  const secrets = new SecretsManagerClient({ region, endpoint, credentials });
  return (await secrets.send(new GetSecretValueCommand({ SecretId: 'mtcms/local/clerk' }))).SecretString;
}
