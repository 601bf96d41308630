import { createHash } from 'node:crypto';
import { LocalProblem } from '../aws/problem.ts';
import type { PlacedResource } from './template.ts';

/**
 * Where the deployment stands on this machine: an account nobody has, and the region the SDK's clients are
 * told.
 */
export const place = { account: '000000000000', region: 'eu-central-1' } as const;

const pseudoParameters: Readonly<Record<string, string>> = {
  'AWS::AccountId': place.account,
  'AWS::Region': place.region,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** Value of a pseudo parameter (`AWS::Region`), undefined for any other name. */
export const pseudoParameter = (name: string): string | undefined => pseudoParameters[name];

/** As many characters as AWS makes up, but always the same ones for the same resource. */
const stable = ({ stack, logicalId }: PlacedResource, length: number) =>
  createHash('sha256').update(`${stack}/${logicalId}`).digest('hex').slice(0, length).toUpperCase();

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The name a resource has been given, or the one CloudFormation would make of stack and logical id. */
function nameOf(resource: PlacedResource): string {
  const { properties, stack, logicalId } = resource;
  const given = text(properties.Name) ?? text(properties.TableName) ?? text(properties.FunctionName);
  return given ?? `${stack}-${logicalId}`;
}

const arn = (service: string, path: string) => `arn:aws:${service}:${place.region}:${place.account}:${path}`;

type Naming = Readonly<Record<string, (resource: PlacedResource) => string>>;

const byId: Naming = { Ref: (resource) => stable(resource, 10).toLowerCase() };
const bucketName = (resource: PlacedResource) => nameOf(resource).toLowerCase();
const secretArn = (resource: PlacedResource) =>
  arn('secretsmanager', `secret:${nameOf(resource)}-${stable(resource, 6)}`);

/** What `Ref` and `Fn::GetAtt` answer, for each type of resource that the template refers to. */
const namings: Readonly<Record<string, Naming>> = {
  'AWS::ApiGatewayV2::Api': byId,
  'AWS::ApiGatewayV2::Integration': byId,
  'AWS::CloudFront::Distribution': byId,
  'AWS::CloudFront::CachePolicy': byId,
  'AWS::CloudFront::ResponseHeadersPolicy': byId,
  'AWS::CloudFront::OriginAccessControl': { Id: (resource) => stable(resource, 13) },
  'AWS::CloudFront::Function': {
    FunctionARN: (resource) => `arn:aws:cloudfront::${place.account}:function/${resource.logicalId}`,
  },
  'AWS::DynamoDB::Table': {
    Ref: nameOf,
    Arn: (resource) => arn('dynamodb', `table/${nameOf(resource)}`),
    StreamArn: (resource) => arn('dynamodb', `table/${nameOf(resource)}/stream/local`),
  },
  'AWS::Events::EventBus': { Ref: nameOf, Arn: (resource) => arn('events', `event-bus/${nameOf(resource)}`) },
  'AWS::IAM::Role': {
    Ref: nameOf,
    Arn: (resource) => `arn:aws:iam::${place.account}:role/${nameOf(resource)}`,
    RoleId: (resource) => `AROA${stable(resource, 17)}`,
  },
  'AWS::Lambda::Function': { Ref: nameOf, Arn: (resource) => arn('lambda', `function:${nameOf(resource)}`) },
  'AWS::Lambda::LayerVersion': {
    Ref: (resource) => arn('lambda', `layer:${resource.logicalId}:1`),
  },
  'AWS::Logs::LogGroup': {
    Ref: nameOf,
    Arn: (resource) => arn('logs', `log-group:${nameOf(resource)}:*`),
  },
  'AWS::S3::Bucket': {
    Ref: bucketName,
    Arn: (resource) => `arn:aws:s3:::${bucketName(resource)}`,
    RegionalDomainName: (resource) => `${bucketName(resource)}.s3.${place.region}.amazonaws.com`,
  },
  'AWS::Scheduler::ScheduleGroup': {
    Ref: nameOf,
    Arn: (resource) => arn('scheduler', `schedule-group/${nameOf(resource)}`),
  },
  'AWS::SecretsManager::Secret': { Ref: secretArn },
};

/**
 * What `Ref` (attribute `Ref`) or `Fn::GetAtt` answers for a resource.
 * @throws LocalProblem for a type or an attribute that the runner doesn't know: it pretends nothing.
 */
export function attributeOf(resource: PlacedResource, attribute: string): string {
  const answer = namings[resource.type]?.[attribute];
  if (answer === undefined)
    throw new LocalProblem(
      `The local run can't tell ${attribute} of ${resource.logicalId} (${resource.type}). Teach it in infra/local/assembly.`,
    );
  return answer(resource);
}
