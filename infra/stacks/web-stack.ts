import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { AlarmMail } from '../constructs/alarm-mail.ts';
import { OriginRotation } from '../constructs/origin-rotation.ts';
import type { OriginSecret } from '../constructs/origin-secret.ts';
import { Site } from '../constructs/site.ts';
import { SiteContent } from '../constructs/site-content.ts';
import { type StageSettings, stackPropsOf } from '../stage.ts';

interface WebStackProps {
  readonly stage: StageSettings;
  readonly apiDomainName: string;
  readonly originSecret: OriginSecret;
  readonly webAclArn: string;
  readonly alarmMail: AlarmMail | undefined;
  readonly webDirectory: string;
}

/** The site, and the API below it. */
export class WebStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { stage, apiDomainName, originSecret, webAclArn, alarmMail, webDirectory }: WebStackProps,
  ) {
    super(scope, id, { ...stackPropsOf(stage), description: `MTCMS ${stage.name}: web` });
    const { bucket, distribution } = new Site(this, 'Site', {
      stage,
      apiDomainName,
      originSecret,
      webAclArn,
    });
    new SiteContent(this, 'Content', { stage, bucket, distribution, webDirectory });
    const { rotation } = new OriginRotation(this, 'OriginRotation', {
      stage,
      secret: originSecret,
      distribution,
      webAclArn,
    });
    const failed = {
      id: 'OriginRotationFailed',
      says: 'What CloudFront sends to the API is not rotated. Nobody is refused by that.',
      metric: rotation.lambda.metricErrors(),
    };
    alarmMail?.raise(failed, this);
    new CfnOutput(this, 'DistributionDomainName', { value: distribution.distributionDomainName });
  }
}
