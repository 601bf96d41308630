import { Stack } from 'aws-cdk-lib';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { type IRole, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ISource } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { acknowledge, acknowledgeObjects } from '../acknowledge.ts';
import type { StageSettings } from '../stage.ts';
import type { PrivateBucket } from './private-bucket.ts';
import { removalPolicy } from './removal.ts';

interface ContentDeployerProps {
  readonly stage: StageSettings;
  readonly bucket: PrivateBucket;
  readonly distribution: Distribution;
}

/**
 * The role of CDK's function that copies files while a stack deploys. Left to itself CDK lets that function read all
 * deployment assets of the account and invalidate every distribution; this role reads its own sources and writes one
 * bucket.
 */
export class ContentDeployer extends Construct {
  /** For `BucketDeployment`: it can't add permissions to this one. */
  readonly role: IRole;
  readonly logGroup: LogGroup;
  readonly #role: Role;

  constructor(scope: Construct, id: string, { stage, bucket, distribution }: ContentDeployerProps) {
    super(scope, id);
    this.logGroup = new LogGroup(this, 'Logs', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: removalPolicy(stage),
    });
    this.#role = new Role(this, 'Role', {
      description: 'Copies the web app into its bucket',
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    this.role = this.#role.withoutPolicyUpdates();
    this.allow(['logs:CreateLogStream', 'logs:PutLogEvents'], this.logGroup.logGroupArn);
    this.allow(['s3:ListBucket'], bucket.bucketArn);
    this.allow(['s3:PutObject'], bucket.arnForObjects('*'));
    this.allow(['cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation'], distribution.distributionArn);
    acknowledgeObjects(
      this.#role,
      bucket,
      '*',
      'It writes all files of the web app, whose names carry hashes.',
    );
  }

  /** The same source, which the role may now read. */
  reading(source: ISource): ISource {
    return {
      bind: (scope) => {
        const config = source.bind(scope, { handlerRole: this.role });
        this.allow(['s3:GetObject'], config.bucket.arnForObjects(config.zipObjectKey));
        return config;
      },
    };
  }

  /** CDK writes that function once for a stack, whatever uses it; its runtime is CDK's choice. */
  acknowledgeRuntime(): void {
    for (const child of Stack.of(this).node.children)
      if (child.node.id.startsWith('Custom::CDKBucketDeployment'))
        acknowledge(child, 'AwsSolutions-L1', 'Part of CDK, which chooses and updates its runtime.');
  }

  private allow(actions: string[], resource: string): void {
    this.#role.addToPolicy(new PolicyStatement({ actions, resources: [resource] }));
  }
}
