import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, Stack } from 'aws-cdk-lib';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { type IRole, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, type ISource, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { acknowledge, acknowledgeObjects } from '../acknowledge.ts';
import { ConfigurationError, type StageSettings } from '../stage.ts';

interface SiteContentProps {
  readonly stage: StageSettings;
  readonly bucket: IBucket;
  readonly distribution: IDistribution;
  /** The built web app: `index.html`, and hashed files in `assets/`. */
  readonly webDirectory: string;
}

/**
 * Copies the built web app into the bucket: first the hashed files, cached for a year, then the pages that
 * refer to them. Older hashed files stay, for pages that are still open.
 */
export class SiteContent extends Construct {
  constructor(scope: Construct, id: string, { stage, bucket, distribution, webDirectory }: SiteContentProps) {
    super(scope, id);
    if (!existsSync(join(webDirectory, 'index.html')))
      throw new ConfigurationError(
        `${webDirectory} holds no index.html. Build the web app first: npm run build:web`,
      );
    const deployer = new ContentDeployer(this, 'Deployer', { bucket, distribution });
    const webApp = deployer.reading(Source.asset(webDirectory));
    const target = {
      destinationBucket: bucket,
      role: deployer.role,
      logGroup: deployer.logGroup,
      prune: false,
    };
    const assets = new BucketDeployment(this, 'Assets', {
      ...target,
      sources: [webApp],
      exclude: ['*'],
      include: ['assets/*'],
      cacheControl: [
        CacheControl.setPublic(),
        CacheControl.maxAge(Duration.days(365)),
        CacheControl.immutable(),
      ],
    });
    const pages = new BucketDeployment(this, 'Pages', {
      ...target,
      sources: [webApp, deployer.reading(Source.jsonData('config.json', runtimeConfiguration(stage)))],
      exclude: ['assets/*'],
      cacheControl: [CacheControl.noCache()],
      distribution,
      distributionPaths: ['/*'],
    });
    assets.node.addDependency(deployer);
    pages.node.addDependency(assets);
    deployer.acknowledgeRuntime();
  }
}

/** The web app's configuration, loaded at startup, so that one build works for all stages. */
const runtimeConfiguration = ({ clerkPublishableKey }: StageSettings) => ({
  identity: clerkPublishableKey
    ? { kind: 'clerk', publishableKey: clerkPublishableKey }
    : { kind: 'stand-in', url: '/clerk' },
});

interface ContentDeployerProps {
  readonly bucket: IBucket;
  readonly distribution: IDistribution;
}

/**
 * The role of CDK's function that copies files at deployment. CDK's own role could read all deployment
 * assets of the account and invalidate every distribution; this one reads its own sources and writes one
 * bucket.
 */
class ContentDeployer extends Construct {
  /** `BucketDeployment` can't add permissions to it. */
  readonly role: IRole;
  readonly logGroup: LogGroup;
  readonly #role: Role;

  constructor(scope: Construct, id: string, { bucket, distribution }: ContentDeployerProps) {
    super(scope, id);
    this.logGroup = new LogGroup(this, 'Logs', { retention: RetentionDays.ONE_MONTH });
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

  /** The same source, with permission for the role to read it. */
  reading(source: ISource): ISource {
    return {
      bind: (scope) => {
        const config = source.bind(scope, { handlerRole: this.role });
        this.allow(['s3:GetObject'], config.bucket.arnForObjects(config.zipObjectKey));
        return config;
      },
    };
  }

  /** Acknowledges the runtime of CDK's function, of which a stack has one. */
  acknowledgeRuntime(): void {
    for (const child of Stack.of(this).node.children)
      if (child.node.id.startsWith('Custom::CDKBucketDeployment'))
        for (const rule of [
          'AwsSolutions-L1',
          'Serverless-LambdaLatestVersion',
          'Serverless-LambdaTracing',
          'Serverless-LambdaDLQ',
        ])
          acknowledge(
            child,
            rule,
            'Part of CDK, which chooses its runtime; CloudFormation waits for its result.',
          );
  }

  private allow(actions: string[], resource: string): void {
    this.#role.addToPolicy(new PolicyStatement({ actions, resources: [resource] }));
  }
}
