import * as z from 'zod';
import {
  type ApiDestination,
  type AwsResources,
  type EventRule,
  type Mapping,
  type Role,
  type TableResource,
  tableShape,
} from '../aws/resources.ts';
import type { Deployment } from './deployment.ts';
import { functionsOf } from './functions.ts';
import { attributeOf, type PlacedResource, place } from './references.ts';

const table = z.looseObject({
  TimeToLiveSpecification: z.object({ AttributeName: z.string(), Enabled: z.boolean() }).optional(),
});

const tableOf = (resource: PlacedResource): TableResource => {
  const shape = tableShape.parse({ ...resource.properties, TableName: attributeOf(resource, 'Ref') });
  const { TimeToLiveSpecification } = table.parse(resource.properties);
  return {
    arn: attributeOf(resource, 'Arn'),
    streamArn: shape.StreamSpecification && attributeOf(resource, 'StreamArn'),
    shape,
    timeToLiveAttribute: TimeToLiveSpecification?.Enabled ? TimeToLiveSpecification.AttributeName : undefined,
  };
};

const secret = z.looseObject({
  GenerateSecretString: z.object({
    PasswordLength: z.number().default(32),
    ExcludePunctuation: z.boolean().default(false),
    ExcludeCharacters: z.string().default(''),
    SecretStringTemplate: z.string().optional(),
    GenerateStringKey: z.string().optional(),
  }),
});

const secretOf = (resource: PlacedResource): AwsResources['secrets'][number] => {
  const { GenerateSecretString: recipe } = secret.parse(resource.properties);
  const { SecretStringTemplate: template, GenerateStringKey: key } = recipe;
  const arn = attributeOf(resource, 'Ref');
  return {
    name: arn.replace(/^.*:secret:/, '').replace(/-.{6}$/, ''),
    arn,
    recipe: {
      passwordLength: recipe.PasswordLength,
      excludePunctuation: recipe.ExcludePunctuation,
      excludeCharacters: recipe.ExcludeCharacters,
      into: template !== undefined && key !== undefined ? { template, key } : undefined,
    },
  };
};

const identityProvider = z.looseObject({ Url: z.string(), ClientIdList: z.array(z.string()).default([]) });

const identityProviderOf = (resource: PlacedResource): AwsResources['identityProviders'][number] => {
  const { Url, ClientIdList } = identityProvider.parse(resource.properties);
  return { arn: attributeOf(resource, 'Arn'), url: Url, clientIds: ClientIdList };
};

const schedule = z.looseObject({
  Name: z.string().optional(),
  GroupName: z.string().default('default'),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Target: z.looseObject({ Arn: z.string(), RoleArn: z.string(), Input: z.string() }),
});

const scheduleOf = ({ logicalId, properties }: PlacedResource): AwsResources['schedules'][number] => {
  const { Name, GroupName, Target, ...rest } = schedule.parse(properties);
  return {
    name: Name ?? logicalId,
    logicalId,
    expression: rest.ScheduleExpression,
    timeZone: rest.ScheduleExpressionTimezone,
    enabled: rest.State === 'ENABLED',
    targetFunctionArn: Target.Arn,
    targetRoleArn: Target.RoleArn,
    input: Target.Input,
    groupArn: `arn:aws:scheduler:${place.region}:${place.account}:schedule-group/${GroupName}`,
  };
};

const bucket = z.looseObject({
  ObjectLockConfiguration: z
    .object({
      ObjectLockEnabled: z.literal('Enabled'),
      Rule: z.object({
        DefaultRetention: z.object({ Mode: z.literal('COMPLIANCE'), Days: z.number().int() }),
      }),
    })
    .optional(),
});

/** The name of a bucket and its days of retention, if it has a lock. */
function lockOf(resource: PlacedResource): [string, number][] {
  const { ObjectLockConfiguration: lock } = bucket.parse(resource.properties);
  return lock === undefined ? [] : [[attributeOf(resource, 'Ref'), lock.Rule.DefaultRetention.Days]];
}

const key = z.looseObject({
  KeySpec: z.literal('ECC_NIST_EDWARDS25519'),
  KeyUsage: z.literal('SIGN_VERIFY'),
  KeyPolicy: z.unknown(),
});

function keyOf(resource: PlacedResource): AwsResources['keys'][number] {
  const { KeyPolicy: policy } = key.parse(resource.properties);
  return { id: attributeOf(resource, 'Ref'), arn: attributeOf(resource, 'Arn'), policy };
}

const rule = z.looseObject({
  EventBusName: z.string().default('default'),
  EventPattern: z.unknown(),
  State: z.literal('ENABLED').default('ENABLED'),
  Targets: z.array(
    z.strictObject({
      Id: z.string(),
      Arn: z.string(),
      RoleArn: z.string().optional(),
      InputPath: z.string().optional(),
      RetryPolicy: z.looseObject({ MaximumRetryAttempts: z.number().default(185) }).default({
        MaximumRetryAttempts: 185,
      }),
      DeadLetterConfig: z.object({ Arn: z.string() }).optional(),
      HttpParameters: z.strictObject({}).optional(),
    }),
  ),
});

const ruleOf = ({ properties }: PlacedResource): EventRule => {
  const { EventBusName, EventPattern, Targets } = rule.parse(properties);
  return {
    bus: EventBusName.split('/').at(-1) ?? '',
    pattern: JSON.stringify(EventPattern),
    targets: Targets.map(({ Arn, RoleArn, InputPath, RetryPolicy, DeadLetterConfig }) => ({
      ...{ arn: Arn, roleArn: RoleArn, inputPath: InputPath },
      maximumRetryAttempts: RetryPolicy.MaximumRetryAttempts,
      deadLetterArn: DeadLetterConfig?.Arn,
    })),
  };
};

const connection = z.looseObject({
  AuthorizationType: z.literal('API_KEY'),
  AuthParameters: z.strictObject({
    ApiKeyAuthParameters: z.object({ ApiKeyName: z.string(), ApiKeyValue: z.string() }),
    InvocationHttpParameters: z
      .strictObject({ HeaderParameters: z.array(z.looseObject({ Key: z.string(), Value: z.string() })) })
      .default({ HeaderParameters: [] }),
  }),
});
const destination = z.looseObject({
  ConnectionArn: z.string(),
  HttpMethod: z.string(),
  InvocationEndpoint: z.string(),
});

/** The endpoints that events are sent to, with the parameters that their connections add. */
function apiDestinationsOf(deployment: Deployment): ApiDestination[] {
  const connections = deployment.all('AWS::Events::Connection').map((resource) => {
    const { ApiKeyAuthParameters: key, InvocationHttpParameters: more } = connection.parse(
      resource.properties,
    ).AuthParameters;
    const headers = more.HeaderParameters.map(({ Key, Value }) => [Key, Value]);
    return {
      arn: attributeOf(resource, 'Arn'),
      headers: { ...Object.fromEntries(headers), [key.ApiKeyName]: key.ApiKeyValue },
    };
  });
  return deployment.all('AWS::Events::ApiDestination').map((resource) => {
    const { ConnectionArn, HttpMethod, InvocationEndpoint } = destination.parse(resource.properties);
    return {
      arn: attributeOf(resource, 'Arn'),
      policyArn: attributeOf(resource, 'ArnForPolicy'),
      url: InvocationEndpoint,
      method: HttpMethod,
      headers: connections.find(({ arn }) => arn === ConnectionArn)?.headers ?? {},
    };
  });
}

const eventDestination = z.looseObject({
  ConfigurationSetName: z.string(),
  EventDestination: z.looseObject({
    Enabled: z.literal(true),
    MatchingEventTypes: z.array(z.enum(['bounce', 'complaint'])).length(2),
    EventBridgeDestination: z.object({ EventBusArn: z.string().endsWith(':event-bus/default') }),
  }),
});

const mailOf = (deployment: Deployment): AwsResources['mail'] => ({
  identities: deployment.all('AWS::SES::EmailIdentity').map((one) => attributeOf(one, 'Ref')),
  configurationSets: deployment.all('AWS::SES::ConfigurationSet').map((one) => attributeOf(one, 'Ref')),
  told: deployment
    .all('AWS::SES::ConfigurationSetEventDestination')
    .map(({ properties }) => eventDestination.parse(properties).ConfigurationSetName),
});

/** Reads what the AWS stand-ins need of a deployment. */
export const awsResourcesOf = (deployment: Deployment): AwsResources => ({
  ...place,
  tables: deployment.all('AWS::DynamoDB::GlobalTable').map(tableOf),
  roles: rolesOf(deployment),
  identityProviders: deployment.all('AWS::IAM::OIDCProvider').map(identityProviderOf),
  functions: functionsOf(deployment),
  mappings: eventSourceMappings(deployment),
  schedules: deployment.all('AWS::Scheduler::Schedule').map(scheduleOf),
  buses: deployment.all('AWS::Events::EventBus').map((bus) => attributeOf(bus, 'Ref')),
  eventRules: deployment.all('AWS::Events::Rule').map(ruleOf),
  apiDestinations: apiDestinationsOf(deployment),
  mail: mailOf(deployment),
  buckets: deployment.all('AWS::S3::Bucket').map((bucket) => attributeOf(bucket, 'Ref')),
  othersBuckets: {},
  locks: Object.fromEntries(deployment.all('AWS::S3::Bucket').flatMap(lockOf)),
  keys: deployment.all('AWS::KMS::Key').map(keyOf),
  secrets: deployment.all('AWS::SecretsManager::Secret').map(secretOf),
});

const mapping = z.looseObject({
  FunctionName: z.string(),
  EventSourceArn: z.string(),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']),
  BatchSize: z.number().default(100),
  MaximumBatchingWindowInSeconds: z.number().default(0),
  FilterCriteria: z.object({ Filters: z.array(z.object({ Pattern: z.string() })) }).default({ Filters: [] }),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  BisectBatchOnFunctionError: z.boolean().default(false),
  MaximumRetryAttempts: z.number().default(-1),
  MaximumRecordAgeInSeconds: z.number().default(-1),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.string() }) }).optional(),
});

function eventSourceMappings(deployment: Deployment): Mapping[] {
  const functions = functionsOf(deployment);
  return deployment.all('AWS::Lambda::EventSourceMapping').map(({ logicalId, properties }) => {
    const source = mapping.parse(properties);
    const target = functions.find(({ name }) => name === source.FunctionName);
    return {
      id: logicalId,
      functionName: source.FunctionName,
      functionArn: target?.arn ?? '',
      streamArn: source.EventSourceArn,
      startingPosition: source.StartingPosition,
      batchSize: source.BatchSize,
      batchingWindowSeconds: source.MaximumBatchingWindowInSeconds,
      filterPatterns: source.FilterCriteria.Filters.map(({ Pattern }) => Pattern),
      reportBatchItemFailures: source.FunctionResponseTypes.length > 0,
      bisectOnError: source.BisectBatchOnFunctionError,
      maximumRetryAttempts: source.MaximumRetryAttempts,
      maximumRecordAgeSeconds: source.MaximumRecordAgeInSeconds,
      failureBucket: source.DestinationConfig?.OnFailure.Destination.replace('arn:aws:s3:::', ''),
    };
  });
}

const namedPolicy = z.object({ PolicyName: z.string(), PolicyDocument: z.unknown() });
const role = z.looseObject({
  AssumeRolePolicyDocument: z.unknown(),
  Policies: z.array(namedPolicy).default([]),
  MaxSessionDuration: z.number().default(3600),
  Tags: z.array(z.object({ Key: z.string(), Value: z.string() })).default([]),
});
const policy = namedPolicy.loose().extend({ Roles: z.array(z.string()).default([]) });

/** The roles of the deployment, each with its inline and attached policies. */
function rolesOf(deployment: Deployment): Role[] {
  const attached = deployment.all('AWS::IAM::Policy').map(({ properties }) => policy.parse(properties));
  return deployment.all('AWS::IAM::Role').map((resource) => {
    const { AssumeRolePolicyDocument, Policies, MaxSessionDuration, Tags } = role.parse(resource.properties);
    const name = attributeOf(resource, 'Ref');
    const policies = [...Policies, ...attached.filter(({ Roles }) => Roles.includes(name))];
    return {
      arn: attributeOf(resource, 'Arn'),
      id: attributeOf(resource, 'RoleId'),
      trustPolicy: AssumeRolePolicyDocument,
      policies: policies.map(({ PolicyName, PolicyDocument }) => ({
        name: PolicyName,
        document: PolicyDocument,
      })),
      tags: Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])),
      maxSessionDuration: MaxSessionDuration,
    };
  });
}
