import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssetManifestArtifact, CloudAssembly } from '@aws-cdk/cloud-assembly-api';
import * as z from 'zod';
import { LocalProblem } from '../problem.ts';
import { type CloudFormationTemplate, type PlacedResource, resolver, template } from './references.ts';

/** Changes a template before it is executed: tests break it on purpose. */
export type TransformTemplate = (template: CloudFormationTemplate) => CloudFormationTemplate;

export interface LoadOptions {
  /** Directory of the cloud assembly. */
  readonly directory: string;
  /** The origin that the templates were synthesized for, and the one to replace it by. */
  readonly origin: { readonly synthesized: string; readonly actual: string };
  readonly transform?: TransformTemplate | undefined;
}

/** All stacks of the assembly, as if they had been deployed. */
export interface Deployment {
  /** Resources of a type, with all references resolved. */
  all(type: string): PlacedResource[];
  /** Path of the asset with that `S3Key`. */
  assetPath(objectKey: string): string;
}

/** Resource types that the runner executes. */
const executed = [
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::CloudFront::Distribution',
  'AWS::CloudFront::Function',
  'AWS::CloudFront::CachePolicy',
  'AWS::CloudFront::ResponseHeadersPolicy',
  'AWS::DynamoDB::GlobalTable',
  'AWS::Events::ApiDestination',
  'AWS::Events::Connection',
  'AWS::Events::EventBus',
  'AWS::Events::Rule',
  'AWS::IAM::OIDCProvider',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::KMS::Key',
  'AWS::Lambda::Alias',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::S3::Bucket',
  'AWS::SES::ConfigurationSet',
  'AWS::SES::ConfigurationSetEventDestination',
  'AWS::SES::EmailIdentity',
  'AWS::Scheduler::Schedule',
  'AWS::Scheduler::ScheduleGroup',
  'AWS::SecretsManager::Secret',
  'AWS::WAFv2::WebACL',
  'Custom::CDKBucketDeployment',
];

/**
 * Resource types that are accepted and ignored: logs, archives, alarms, dead-letter queues, external
 * permissions; gradual alias updates, since there is only one version here; and the rotation of
 * CloudFront's secret, since there is no CloudFront.
 */
const inTheCloudOnly = [
  'AWS::Budgets::Budget',
  'AWS::CloudFront::OriginAccessControl',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::CodeDeploy::Application',
  'AWS::CodeDeploy::DeploymentGroup',
  'AWS::Events::Archive',
  'AWS::Lambda::LayerVersion',
  'AWS::Lambda::Permission',
  'AWS::Lambda::Version',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::Queue',
  'AWS::SecretsManager::RotationSchedule',
  'AWS::SQS::QueuePolicy',
  'AWS::WAFv2::LoggingConfiguration',
];
const known = new Set([...executed, ...inTheCloudOnly]);

/**
 * Loads a cloud assembly.
 * @throws LocalProblem about a resource type, an intrinsic or a reference that the runner doesn't know.
 */
export function loadDeployment({ directory, origin, transform }: LoadOptions): Deployment {
  const assembly = new CloudAssembly(directory);
  const templates = new Map(
    assembly.stacks.map(({ stackName, templateFullPath }) => {
      // Trust policies name an issuer without its scheme.
      const text = readFileSync(templateFullPath, 'utf8').replaceAll(
        hostOf(origin.synthesized),
        hostOf(origin.actual),
      );
      const parsed = template.parse(JSON.parse(text));
      return [stackName, transform?.(parsed) ?? parsed];
    }),
  );
  const resources = [...templates].flatMap(([stack, { Resources }]) =>
    Object.entries(Resources).map(
      ([logicalId, { Type, Properties }]): PlacedResource => ({
        stack,
        logicalId,
        type: Type,
        properties: Properties,
      }),
    ),
  );
  for (const { type, logicalId } of resources)
    if (!known.has(type))
      throw new LocalProblem(
        `The template has a resource that the local run doesn't know: ${logicalId} (${type}). Teach it in infra/local/assembly.`,
      );
  const resolve = resolver(templates, resources);
  const assets = assetPaths(assembly);
  return {
    all: (type) =>
      resources
        .filter((resource) => resource.type === type)
        .map((resource) => ({
          ...resource,
          properties: z.record(z.string(), z.unknown()).parse(resolve(resource.properties, resource.stack)),
        })),
    assetPath(objectKey) {
      const path = assets.get(objectKey);
      if (path === undefined) throw new LocalProblem(`The cloud assembly has no asset ${objectKey}.`);
      return path;
    },
  };
}

const hostOf = (origin: string): string => new URL(origin).host;

function assetPaths(assembly: CloudAssembly): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const artifact of assembly.artifacts) {
    if (!AssetManifestArtifact.isAssetManifestArtifact(artifact)) continue;
    for (const { source, destinations } of Object.values(artifact.contents.files ?? {}))
      for (const { objectKey } of Object.values(destinations))
        if (source.path !== undefined) paths.set(objectKey, join(assembly.directory, source.path));
  }
  return paths;
}
