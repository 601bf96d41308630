import { CfnOutput, Duration, Fn, Stack } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { AlarmMail } from '../constructs/alarm-mail.ts';
import { Firewall } from '../constructs/firewall.ts';
import { type StageSettings, stackPropsOf } from '../stage.ts';

/** CloudFront's resources must be here, wherever the stage is. */
const region = 'us-east-1';
const output = 'WebAclArn';

/** The resources that must be in us-east-1: the distribution's firewall, and the alarm of its certificate. */
export class EdgeStack extends Stack {
  constructor(scope: Construct, id: string, { stage }: { readonly stage: StageSettings }) {
    super(scope, id, {
      ...stackPropsOf(stage),
      env: { region, ...(stage.account !== undefined && { account: stage.account }) },
      description: `MTCMS ${stage.name}: firewall`,
    });
    const { acl } = new Firewall(this, 'Firewall', { stage });
    new CfnOutput(this, output, { value: acl.attrArn });
    const { domain, alarmEmail } = stage;
    if (domain && alarmEmail)
      new AlarmMail(this, stage, alarmEmail).raise({
        id: 'CertificateEnding',
        says: `The certificate of ${domain.name} ends in less than 30 days, and ACM has not renewed it.`,
        // ACM renews 60 days before the end. Source: ACM User Guide, "Supported CloudWatch metrics".
        metric: new Metric({
          namespace: 'AWS/CertificateManager',
          metricName: 'DaysToExpiry',
          dimensionsMap: { CertificateArn: domain.certificateArn },
          statistic: Stats.MINIMUM,
          period: Duration.days(1),
        }),
        threshold: 30,
        below: true,
      });
  }

  /** For a stack of another region, if the stage's region isn't set. */
  get webAclArn(): string {
    return Fn.getStackOutput(this.stackName, output, region);
  }
}
