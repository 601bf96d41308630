import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { AssumeRoleCommand, AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts';
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

/** What code in a function could send to the table under the function's role, without our own checks. */
export async function under(product: TestProduct, name: string) {
  const { roleArn, name: session } = functionOf(product, name);
  const { endpoint } = product.aws;
  const credentials = await product.aws.issueCredentials(roleArn, session);
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region, endpoint, credentials }));
  // Some functions aren't told the table's name, which is no secret.
  const told = product.functions.find(({ environment }) => environment.TABLE_NAME !== undefined);
  return { client, TableName: told?.environment.TABLE_NAME };
}

/** The same with the tenant role, for one organization, as a function opens it with its own role. */
export async function underTenantRole(product: TestProduct, organizationId: string, opener = 'support') {
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
  return tableOf(product, issued, environment.TABLE_NAME);
}

/**
 * The same in a session opened as the organizations' function does, with a user's token, which any code
 * could use.
 */
export async function underToken(
  product: TestProduct,
  token: string,
  changed: { sessionName?: string } = {},
) {
  const { environment } = functionOf(product, 'organization');
  const { TENANT_ROLE_ARN, TENANT_SESSION_NAME, TABLE_NAME } = environment;
  const { Credentials: issued } = await new STSClient({ region, endpoint: product.aws.endpoint }).send(
    new AssumeRoleWithWebIdentityCommand({
      RoleArn: TENANT_ROLE_ARN,
      RoleSessionName: changed.sessionName ?? TENANT_SESSION_NAME,
      WebIdentityToken: token,
    }),
  );
  return tableOf(product, issued, TABLE_NAME);
}

function tableOf(product: TestProduct, issued: unknown, TableName: string | undefined) {
  const { endpoint } = product.aws;
  const credentials = Keys.parse(issued);
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region, endpoint, credentials }));
  return { client, TableName };
}

/** Invokes a function, as code in another one could under that one's role. */
export async function invokeUnder(product: TestProduct, name: string, invoked: string, event: object) {
  const { roleArn, name: session } = functionOf(product, name);
  const credentials = await product.aws.issueCredentials(roleArn, session);
  const lambda = new LambdaClient({ region, endpoint: product.aws.endpoint, credentials });
  const aliased = Object.values(functionOf(product, name).environment).find((one) =>
    one?.startsWith(`${functionOf(product, invoked).name}:`),
  );
  const FunctionName = aliased ?? functionOf(product, invoked).name;
  const { Payload } = await lambda.send(
    new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify(event)) }),
  );
  return z.looseObject({}).parse(JSON.parse(Payload?.transformToString() ?? 'null'));
}

/** Reads Clerk's secret key with a function's role. */
export async function readClerksKey(product: TestProduct, name: string): Promise<string | undefined> {
  const { roleArn, name: session } = functionOf(product, name);
  const { endpoint } = product.aws;
  const credentials = await product.aws.issueCredentials(roleArn, session);
  const secrets = new SecretsManagerClient({ region, endpoint, credentials });
  return (await secrets.send(new GetSecretValueCommand({ SecretId: 'mtcms/local/clerk' }))).SecretString;
}
