import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';

import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { ConfigurationError } from '../configuration-error.ts';
import type { StageSettings } from '../stage.ts';
import { ContentDeployer } from './content-deployer.ts';
import type { PrivateBucket } from './private-bucket.ts';

interface SiteContentProps {
  readonly stage: StageSettings;
  readonly bucket: PrivateBucket;
  readonly distribution: Distribution;
  /** The built web app: `index.html`, and hashed files in `assets/`. */
  readonly webDirectory: string;
}

/**
 * Copies the built web app into the bucket: first the files whose names carry a hash, for ever cacheable, then the pages
 * that name them. Older hashed files stay, so that a page somebody has open still finds its parts.
 */
export class SiteContent extends Construct {
  constructor(scope: Construct, id: string, { stage, bucket, distribution, webDirectory }: SiteContentProps) {
    super(scope, id);
    if (!existsSync(join(webDirectory, 'index.html')))
      throw new ConfigurationError(
        `${webDirectory} holds no index.html. Build the web app first: npm run build:web`,
      );
    const deployer = new ContentDeployer(this, 'Deployer', { stage, bucket, distribution });
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

/** What the web app reads at its start, so that one build serves every stage. */
const runtimeConfiguration = ({ clerkPublishableKey }: StageSettings) => ({
  identity: clerkPublishableKey
    ? { kind: 'clerk', publishableKey: clerkPublishableKey }
    : { kind: 'stand-in', url: '/clerk' },
});
