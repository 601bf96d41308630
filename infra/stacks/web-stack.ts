import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnRotationSchedule } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { AlarmMail } from '../constructs/alarm-mail.ts';
import { type OriginSecret, originHeader } from '../constructs/origin-secret.ts';
import { ServiceFunction } from '../constructs/service-function.ts';
import { Site } from '../constructs/site.ts';
import { SiteContent } from '../constructs/site-content.ts';
import { type StageSettings, stackPropsOf } from '../stage.ts';

interface OriginRotationProps {
  readonly stage: StageSettings;
  readonly secret: OriginSecret;
  readonly distribution: IDistribution;
  readonly webAclArn: string;
}

/**
 * Rotates the secret header that the distribution sends to the API, every 30 days and once at the first
 * deployment.
 */
class OriginRotation extends Construct {
  readonly rotation: ServiceFunction;

  constructor(scope: Construct, id: string, { stage, secret, distribution, webAclArn }: OriginRotationProps) {
    super(scope, id);
    this.rotation = new ServiceFunction(this, 'Function', {
      stage,
      entry: 'origin/origin-rotation',
      description: 'Rotates the secret that identifies the site to the API',
      memorySize: 256,
      // Waits until every CloudFront edge location has the change.
      timeout: Duration.minutes(15),
      environment: { DISTRIBUTION_ID: distribution.distributionId, ORIGIN_HEADER: originHeader },
    });
    this.rotation.allow({
      actions: [
        'secretsmanager:DescribeSecret',
        'secretsmanager:GetSecretValue',
        'secretsmanager:PutSecretValue',
        'secretsmanager:UpdateSecretVersionStage',
      ],
      resources: [secret.secretArn],
    });
    this.rotation.allow({
      actions: [
        'cloudfront:GetDistribution',
        'cloudfront:GetDistributionConfig',
        'cloudfront:UpdateDistribution',
      ],
      resources: [distribution.distributionArn],
    });
    // CloudFront requires it to update a distribution with a web ACL.
    this.rotation.allow({ actions: ['wafv2:GetWebACL'], resources: [webAclArn] });
    this.rotation.lambda.addPermission('SecretsManager', {
      principal: new ServicePrincipal('secretsmanager.amazonaws.com'),
      sourceAccount: Stack.of(this).account,
      sourceArn: secret.secretArn,
    });
    const schedule = new CfnRotationSchedule(this, 'Schedule', {
      secretId: secret.secretArn,
      rotationLambdaArn: this.rotation.lambda.functionArn,
      rotationRules: { automaticallyAfterDays: 30 },
    });
    // Its first run starts during the deployment.
    schedule.node.addDependency(this.rotation);
  }
}

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
      says: 'The secret that CloudFront sends to the API was not rotated. No request is refused because of that.',
      metric: rotation.lambda.metricErrors(),
    };
    alarmMail?.raise(failed, this);
    new CfnOutput(this, 'DistributionDomainName', { value: distribution.distributionDomainName });
  }
}
