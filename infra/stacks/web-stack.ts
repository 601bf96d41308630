import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Site } from '../constructs/site.ts';
import { SiteContent } from '../constructs/site-content.ts';
import { type StageSettings, stackPropsOf } from '../stage.ts';

interface WebStackProps {
  readonly stage: StageSettings;
  readonly apiDomainName: string;
  readonly webDirectory: string;
}

/** The site, and the API below it. */
export class WebStack extends Stack {
  constructor(scope: Construct, id: string, { stage, apiDomainName, webDirectory }: WebStackProps) {
    super(scope, id, { ...stackPropsOf(stage), description: `MTCMS ${stage.name}: web` });
    const { bucket, distribution } = new Site(this, 'Site', { stage, apiDomainName });
    new SiteContent(this, 'Content', { stage, bucket, distribution, webDirectory });
    new CfnOutput(this, 'DistributionDomainName', { value: distribution.distributionDomainName });
  }
}
