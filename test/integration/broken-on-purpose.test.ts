import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { TransformTemplate } from '../../infra/local/assembly/deployment.ts';
import { eventually, startTestProduct, superAdminEmail, type TestProduct } from '../support/product.ts';

/** What holds because of the template, and stops holding when the template is broken: so the run does execute it. */

const started = async (
  transformTemplate?: TransformTemplate,
  run?: (product: TestProduct) => Promise<void>,
) => {
  const product = await startTestProduct(transformTemplate ? { transformTemplate } : {});
  try {
    await run?.(product);
  } finally {
    await product.stop();
  }
};

/** Reads another organization's profile under credentials for one: what a bug in our code could do. */
async function crossTheBoundary(product: TestProduct): Promise<unknown> {
  const resource = product.functions.find(({ title }) => title === 'organization');
  if (resource === undefined) throw new Error('the deployment has no function "organization"');
  const token = await product.signIn(superAdminEmail);
  const { items } = (await product.api('/api/admin/organizations', { token })).body;
  const region = 'eu-central-1';
  const { endpoint } = product.aws;
  const credentials = await product.aws.issueCredentials(resource.roleArn, resource.name);
  const { Credentials: issued } = await new STSClient({ region, endpoint, credentials }).send(
    new AssumeRoleCommand({
      RoleArn: resource.environment.TENANT_ROLE_ARN,
      RoleSessionName: 'test',
      Tags: [{ Key: 'organizationId', Value: items[0].id }],
    }),
  );
  const session = z
    .object({ AccessKeyId: z.string(), SecretAccessKey: z.string(), SessionToken: z.string() })
    .transform(
      ({ AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken }) => ({
        accessKeyId,
        secretAccessKey,
        sessionToken,
      }),
    )
    .parse(issued);
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region, endpoint, credentials: session }));
  const Key = { pk: `${items[1].id}#organization`, sk: 'profile' };
  return (await client.send(new GetCommand({ TableName: resource.environment.TABLE_NAME, Key }))).Item;
}

/** Invites somebody to an organization of the example data, and answers the invitation's entries in the trail. */
async function inviteAndRead(product: TestProduct) {
  const token = await product.signIn(superAdminEmail);
  const { items } = (await product.api('/api/admin/organizations?search=bluebird', { token })).body;
  const home = `/api/organizations/${items[0].id}`;
  const body = { name: 'Ines Invited', email: 'ines@bluebird.example', role: 'team_member' };
  const { body: made } = await product.api(`${home}/invitations`, { token, method: 'POST', body });
  const trail = `${home}/audit?resource=invitation/${made.id}`;
  return async () => (await product.api(trail, { token })).body.items;
}

/** Changes every resource of a type whose logical id matches. */
const changing =
  (
    type: string,
    id: RegExp,
    change: (properties: Record<string, unknown>) => Record<string, unknown>,
  ): TransformTemplate =>
  (template) => ({
    ...template,
    Resources: Object.fromEntries(
      Object.entries(template.Resources).map(([logicalId, resource]) => [
        logicalId,
        resource.Type === type && id.test(logicalId)
          ? { ...resource, Properties: change(resource.Properties) }
          : resource,
      ]),
    ),
  });

const withoutConditions = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutConditions);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) =>
      name === 'Condition' ? [] : [[name, withoutConditions(inner)]],
    ),
  );
};

describe('the tenant role', () => {
  it('keeps one organization’s credentials out of another’s data', async () => {
    await started(undefined, async (product) => {
      await expect(crossTheBoundary(product)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    });
  });

  it('would not, without the condition on the keys', async () => {
    const broken = changing('AWS::IAM::Policy', /^TenantRole/, (properties) => ({
      ...properties,
      PolicyDocument: withoutConditions(properties.PolicyDocument),
    }));
    await started(broken, async (product) => {
      expect(await crossTheBoundary(product)).toMatchObject({ sk: 'profile' });
    });
  });
});

describe('the stream’s filter', () => {
  it('keeps bookkeeping from the audit writer, which would refuse it: without the filter nothing is written', async () => {
    const broken = changing(
      'AWS::Lambda::EventSourceMapping',
      /AuditWriter/,
      ({ FilterCriteria: _, ...rest }) => ({
        ...rest,
        MaximumRetryAttempts: 0,
        BisectBatchOnFunctionError: false,
      }),
    );
    await started(broken, async (product) => {
      const entries = await inviteAndRead(product);
      await eventually(
        async () => (await product.api('/local/state.json')).body.failures.length > 0,
        'records are given up',
      );
      expect(await entries()).toEqual([]);
    });
    await started(undefined, async (product) => {
      const entries = await inviteAndRead(product);
      await eventually(async () => (await entries()).length > 0, 'the trail is written');
      expect((await product.api('/local/state.json')).body.failures).toEqual([]);
    });
  });
});
