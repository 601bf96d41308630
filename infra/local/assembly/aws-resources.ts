import * as z from 'zod';
import { tableShape } from '../aws/engine/table.ts';
import type { AwsResources, TableResource } from '../aws/resources.ts';
import type { Deployment } from './deployment.ts';
import { eventSourceMappings } from './event-source-mappings.ts';
import { functionsOf } from './functions.ts';
import { attributeOf, place } from './physical-names.ts';
import { rolesOf } from './roles.ts';
import type { PlacedResource } from './template.ts';

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

/** What the AWS stand-ins have to know of a deployment. */
export const awsResourcesOf = (deployment: Deployment): AwsResources => ({
  ...place,
  tables: deployment.all('AWS::DynamoDB::Table').map(tableOf),
  roles: rolesOf(deployment),
  functions: functionsOf(deployment),
  mappings: eventSourceMappings(deployment),
  schedules: deployment.all('AWS::Scheduler::Schedule').map(scheduleOf),
  buses: deployment.all('AWS::Events::EventBus').map((bus) => attributeOf(bus, 'Ref')),
  buckets: deployment.all('AWS::S3::Bucket').map((bucket) => attributeOf(bucket, 'Ref')),
  secrets: deployment.all('AWS::SecretsManager::Secret').map(secretOf),
});
