import { createHash } from 'node:crypto';
import * as z from 'zod';
import { LocalProblem } from '../problem.ts';

/** One resource of a template, its properties not yet resolved. */
const resource = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
});

/** The parts of a CloudFormation template that the runner reads. */
export const template = z.looseObject({
  Resources: z.record(z.string(), resource).default({}),
  Outputs: z
    .record(
      z.string(),
      z.looseObject({ Value: z.unknown(), Export: z.object({ Name: z.string() }).optional() }),
    )
    .default({}),
});
export type CloudFormationTemplate = z.infer<typeof template>;

/** A resource with its stack and logical id, from which its physical name and ids are derived. */
export interface PlacedResource {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Resolves all intrinsic functions in a value of the named stack's template. */
type Resolve = (value: unknown, stack: string) => unknown;

const pair = z.tuple([z.string(), z.string()]);
const join = z.tuple([z.string(), z.array(z.unknown())]);
const stackOutput = z.looseObject({ StackName: z.string(), OutputName: z.string() });
const select = z.tuple([z.coerce.number().int(), z.unknown()]);

/**
 * The intrinsic functions that the template uses.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 * @throws LocalProblem for any other, and for a reference to a missing resource
 */
export function resolver(
  templates: ReadonlyMap<string, CloudFormationTemplate>,
  resources: readonly PlacedResource[],
): Resolve {
  const placed = new Map(resources.map((resource) => [`${resource.stack}/${resource.logicalId}`, resource]));
  const exported = new Map(
    [...templates].flatMap(([stack, { Outputs }]) =>
      Object.values(Outputs).flatMap(({ Value, Export }) =>
        Export === undefined ? [] : [[Export.Name, { stack, value: Value }] as const],
      ),
    ),
  );

  const attribute = (stack: string, logicalId: string, name: string): string => {
    const resource = placed.get(`${stack}/${logicalId}`);
    if (resource === undefined) throw new LocalProblem(`${stack} refers to ${logicalId}, which isn't there.`);
    return attributeOf(resource, name);
  };
  const reference = (stack: string, name: string) => pseudoParameter(name) ?? attribute(stack, name, 'Ref');

  const functions: Readonly<Record<string, (argument: unknown, stack: string) => unknown>> = {
    Ref: (argument, stack) => reference(stack, z.string().parse(argument)),
    'Fn::GetAtt': (argument, stack) => {
      const [logicalId, name] = pair.parse(argument);
      return attribute(stack, logicalId, name);
    },
    'Fn::Join': (argument, stack) => {
      const [separator, parts] = join.parse(argument);
      return z.array(z.string()).parse(resolve(parts, stack)).join(separator);
    },
    'Fn::Sub': (argument, stack) =>
      z
        .string()
        .parse(argument)
        .replaceAll(/\$\{([\w:]+)(?:\.(\w+))?\}/g, (_, name: string, attributeName?: string) =>
          attributeName === undefined ? reference(stack, name) : attribute(stack, name, attributeName),
        ),
    'Fn::Select': (argument, stack) => {
      const [index, list] = select.parse(argument);
      return z.array(z.unknown()).parse(resolve(list, stack))[index];
    },
    'Fn::Split': (argument, stack) => {
      const [separator, value] = z.tuple([z.string(), z.unknown()]).parse(argument);
      return z.string().parse(resolve(value, stack)).split(separator);
    },
    'Fn::ImportValue': (argument) => {
      const source = exported.get(z.string().parse(argument));
      if (source === undefined) throw new LocalProblem(`No stack exports ${String(argument)}.`);
      return resolve(source.value, source.stack);
    },
    'Fn::GetStackOutput': (argument) => {
      const { StackName, OutputName } = stackOutput.parse(argument);
      const output = templates.get(StackName)?.Outputs[OutputName];
      if (output === undefined) throw new LocalProblem(`${StackName} has no output ${OutputName}.`);
      return resolve(output.Value, StackName);
    },
  };

  const resolve: Resolve = (value, stack) => {
    if (Array.isArray(value)) return value.map((item) => resolve(item, stack));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const [first] = entries;
    if (entries.length === 1 && first !== undefined) {
      const [name, argument] = first;
      const run = functions[name];
      if (run !== undefined) return run(argument, stack);
      if (name.startsWith('Fn::'))
        throw new LocalProblem(`The local run doesn't know ${name}. Teach it in infra/local/assembly.`);
    }
    return Object.fromEntries(entries.map(([name, item]) => [name, resolve(item, stack)]));
  };
  return resolve;
}

/** The account and region of the local deployment. */
export const place = { account: '000000000000', region: 'eu-central-1' } as const;

const pseudoParameters: Readonly<Record<string, string>> = {
  'AWS::AccountId': place.account,
  'AWS::Region': place.region,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** Value of a pseudo parameter (`AWS::Region`), undefined for any other name. */
const pseudoParameter = (name: string): string | undefined => pseudoParameters[name];

/** Characters in place of those that AWS makes up: always the same for the same resource. */
const stable = ({ stack, logicalId }: PlacedResource, length: number) =>
  createHash('sha256').update(`${stack}/${logicalId}`).digest('hex').slice(0, length).toUpperCase();

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** A resource's explicit name, or one of stack and logical id, as CloudFormation would make it. */
function nameOf(resource: PlacedResource): string {
  const { properties, stack, logicalId } = resource;
  const given = text(properties.Name) ?? text(properties.TableName) ?? text(properties.FunctionName);
  return given ?? `${stack}-${logicalId}`;
}

const arn = (service: string, path: string) => `arn:aws:${service}:${place.region}:${place.account}:${path}`;

type Naming = Readonly<Record<string, (resource: PlacedResource) => string>>;

const byId: Naming = { Ref: (resource) => stable(resource, 10).toLowerCase() };
const bucketName = (resource: PlacedResource) => nameOf(resource).toLowerCase();
const providerArn = ({ properties }: PlacedResource) =>
  `arn:aws:iam::${place.account}:oidc-provider/${text(properties.Url)?.replace(/^https?:\/\//, '')}`;
/** KMS names keys by UUIDs. */
const keyId = (resource: PlacedResource) =>
  stable(resource, 32)
    .toLowerCase()
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
const secretArn = (resource: PlacedResource) =>
  arn('secretsmanager', `secret:${nameOf(resource)}-${stable(resource, 6)}`);

const functionRef = z.looseObject({ FunctionName: z.object({ Ref: z.string() }), Name: z.string() });
const aliasArn = ({ stack, properties }: PlacedResource) => {
  const { FunctionName, Name } = functionRef.parse(properties);
  return arn('lambda', `function:${stack}-${FunctionName.Ref}:${Name}`);
};

/** The values of `Ref` and `Fn::GetAtt`, by type of resource. */
const namings: Readonly<Record<string, Naming>> = {
  'AWS::ApiGatewayV2::Api': byId,
  'AWS::ApiGatewayV2::Authorizer': byId,
  'AWS::ApiGatewayV2::Integration': byId,
  'AWS::CloudFront::Distribution': byId,
  'AWS::CloudFront::CachePolicy': byId,
  'AWS::CloudFront::ResponseHeadersPolicy': byId,
  'AWS::CloudFront::OriginAccessControl': { Id: (resource) => stable(resource, 13) },
  'AWS::CloudFront::Function': {
    FunctionARN: (resource) => `arn:aws:cloudfront::${place.account}:function/${resource.logicalId}`,
  },
  'AWS::DynamoDB::GlobalTable': {
    Ref: nameOf,
    Arn: (resource) => arn('dynamodb', `table/${nameOf(resource)}`),
    StreamArn: (resource) => arn('dynamodb', `table/${nameOf(resource)}/stream/local`),
  },
  'AWS::Events::ApiDestination': {
    Arn: (resource) => arn('events', `api-destination/${nameOf(resource)}/${stable(resource, 32)}`),
    ArnForPolicy: (resource) => arn('events', `api-destination/${nameOf(resource)}`),
  },
  'AWS::Events::Connection': {
    Arn: (resource) => arn('events', `connection/${nameOf(resource)}/${stable(resource, 32)}`),
  },
  'AWS::Events::Rule': { Arn: (resource) => arn('events', `rule/${nameOf(resource)}`) },
  'AWS::Events::EventBus': { Ref: nameOf, Arn: (resource) => arn('events', `event-bus/${nameOf(resource)}`) },
  'AWS::IAM::OIDCProvider': { Ref: providerArn, Arn: providerArn },
  'AWS::IAM::Role': {
    Ref: nameOf,
    Arn: (resource) => `arn:aws:iam::${place.account}:role/${nameOf(resource)}`,
    RoleId: (resource) => `AROA${stable(resource, 17)}`,
  },
  'AWS::KMS::Key': {
    Ref: keyId,
    Arn: (resource) => arn('kms', `key/${keyId(resource)}`),
  },
  'AWS::Lambda::Alias': { Ref: aliasArn },
  'AWS::Lambda::Function': { Ref: nameOf, Arn: (resource) => arn('lambda', `function:${nameOf(resource)}`) },
  'AWS::Lambda::LayerVersion': {
    Ref: (resource) => arn('lambda', `layer:${resource.logicalId}:1`),
  },
  // There is one version only.
  'AWS::Lambda::Version': { Version: () => '1' },
  'AWS::Logs::LogGroup': {
    Ref: nameOf,
    Arn: (resource) => arn('logs', `log-group:${nameOf(resource)}:*`),
  },
  'AWS::S3::Bucket': {
    Ref: bucketName,
    Arn: (resource) => `arn:aws:s3:::${bucketName(resource)}`,
    RegionalDomainName: (resource) => `${bucketName(resource)}.s3.${place.region}.amazonaws.com`,
  },
  'AWS::SES::ConfigurationSet': { Ref: nameOf },
  // Ref returns its identity.
  'AWS::SES::EmailIdentity': { Ref: ({ properties }) => text(properties.EmailIdentity) ?? '' },
  'AWS::Scheduler::ScheduleGroup': {
    Ref: nameOf,
    Arn: (resource) => arn('scheduler', `schedule-group/${nameOf(resource)}`),
  },
  'AWS::SecretsManager::Secret': { Ref: secretArn },
  'AWS::WAFv2::WebACL': {
    Arn: ({ logicalId }) => `arn:aws:wafv2:us-east-1:${place.account}:global/webacl/${logicalId}`,
  },
  'AWS::SQS::Queue': { Arn: (resource) => arn('sqs', nameOf(resource)) },
};

/**
 * The value of `Ref` (as attribute `Ref`) or `Fn::GetAtt` for a resource.
 * @throws LocalProblem for a type or an attribute that the runner doesn't know
 */
export function attributeOf(resource: PlacedResource, attribute: string): string {
  const answer = namings[resource.type]?.[attribute];
  if (answer === undefined)
    throw new LocalProblem(
      `The local run can't tell ${attribute} of ${resource.logicalId} (${resource.type}). Teach it in infra/local/assembly.`,
    );
  return answer(resource);
}
