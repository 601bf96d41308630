import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { AssumeRoleCommand, type AssumeRoleCommandInput, STSClient } from '@aws-sdk/client-sts';
import {
  type AwsServices,
  type AwsServicesOptions,
  startAwsServices,
} from '../../../../../infra/local/aws/services.ts';
import { region, roleArn, smallDeployment } from './resources.ts';

export const newStateDirectory = () => mkdtempSync(join(tmpdir(), 'mtcms-aws-'));

/** Starts the AWS side on a new state directory, unless the options name one. */
export const start = (options: Partial<AwsServicesOptions> = {}): Promise<AwsServices> =>
  startAwsServices({
    resources: smallDeployment(),
    stateDirectory: newStateDirectory(),
    secrets: { 'given/one': 'told', 'given/two': 'untold' },
    invoke: async () => ({ ok: true, payload: null }),
    firstBackOff: 1,
    ...options,
  });

/** Configuration of an SDK client that acts as a function with the given role. */
export const as = async (aws: AwsServices, role: string) => ({
  region,
  endpoint: aws.endpoint,
  credentials: await aws.issueCredentials(roleArn(role), role),
});

export const TableName = 'things';
export const key = (pk: string, sk = '1') => ({ pk: { S: pk }, sk: { S: sk } });

/** A query for one partition; another index needs the name of its partition key for #pk. */
export const queryOf = (pk: string) => ({
  TableName,
  KeyConditionExpression: '#pk = :pk',
  ExpressionAttributeNames: { '#pk': 'pk' },
  ExpressionAttributeValues: { ':pk': { S: pk } },
});

export const tagged = (organizationId: string) => [{ Key: 'organizationId', Value: organizationId }];

export async function assumeTenantRole(
  aws: AwsServices,
  input: Partial<AssumeRoleCommandInput>,
  caller = 'organization',
) {
  const sts = new STSClient(await as(aws, caller));
  const request = { RoleArn: roleArn('tenant'), RoleSessionName: 'test', ...input };
  const { Credentials } = await sts.send(new AssumeRoleCommand(request));
  const {
    AccessKeyId = '',
    SecretAccessKey = '',
    SessionToken = '',
    Expiration = new Date(0),
  } = Credentials ?? {};
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration,
  };
}

/** A DynamoDB client limited to one organization. */
export async function tenantClient(aws: AwsServices, organizationId: string): Promise<DynamoDBClient> {
  const credentials = await assumeTenantRole(aws, { Tags: tagged(organizationId) });
  return new DynamoDBClient({ region, endpoint: aws.endpoint, credentials });
}

/** A DynamoDB client that bypasses the gate. */
export const engineClient = (aws: AwsServices) =>
  new DynamoDBClient({
    region,
    endpoint: aws.engineEndpoint,
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
