import { ArnFormat, CfnOutput, Duration, Fn, Stack } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { DataIdentifier, DataProtectionPolicy, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { AlarmMail } from '../constructs/alarm-mail.ts';
import { perAddress } from '../limits.ts';
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
        says: `The certificate of ${domain.name} expires in less than 30 days, and ACM has not renewed it.`,
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

/**
 * What CloudFront refuses before any of our code runs: too many requests from one address, and known
 * attacks. Must be in us-east-1.
 */
class Firewall extends Construct {
  readonly acl: CfnWebACL;

  constructor(scope: Construct, id: string, { stage }: { readonly stage: StageSettings }) {
    super(scope, id);
    this.acl = new CfnWebACL(this, 'Acl', {
      name: `mtcms-${stage.name}`,
      description: `In front of the site and the API of MTCMS ${stage.name}`,
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: countedAs('firewall'),
      rules: [
        refuse('without-token', perAddress.withoutToken, asksTheApiWithoutToken),
        refuse('address', perAddress.inTotal),
        managed('AWSManagedRulesCommonRuleSet', readsOurTexts),
        managed('AWSManagedRulesKnownBadInputsRuleSet'),
      ].map((rule, priority) => ({ ...rule, priority })),
    });
    this.logBlocked(stage);
  }

  /**
   * Logs blocked requests with their rule, without anything that identifies a person: no path, query, token
   * or cookie. WAF always logs the sender's address; the log group masks it for anyone without the right to
   * unmask.
   */
  private logBlocked({ name }: StageSettings): void {
    // WAF requires this prefix.
    const logGroupName = `aws-waf-logs-mtcms-${name}`;
    const logs = new LogGroup(this, 'Logs', {
      logGroupName,
      retention: RetentionDays.ONE_MONTH,
      dataProtectionPolicy: new DataProtectionPolicy({
        name: 'addresses',
        description: 'Masks the addresses of senders',
        identifiers: [DataIdentifier.IPADDRESS],
      }),
    });
    const logging = new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: this.acl.attrArn,
      // Without the `:*` at the end of CloudFormation's attribute.
      logDestinationConfigs: [
        Stack.of(this).formatArn({
          service: 'logs',
          resource: 'log-group',
          resourceName: logGroupName,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      ],
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          {
            Behavior: 'KEEP',
            Requirement: 'MEETS_ANY',
            Conditions: [{ ActionCondition: { Action: 'BLOCK' } }],
          },
        ],
      },
      redactedFields: [
        { uriPath: {} },
        { queryString: {} },
        { singleHeader: { Name: 'authorization' } },
        { singleHeader: { Name: 'cookie' } },
        { singleHeader: { Name: 'x-forwarded-for' } },
      ],
    });
    logging.node.addDependency(logs);
  }
}

type Rule = Omit<CfnWebACL.RuleProperty, 'priority'>;

/** Counted per rule in CloudWatch; no requests are sampled, since samples contain the sender's address. */
const countedAs = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: false,
  metricName,
});

/** Blocks an address that sends more than this many requests per minute, until it sends fewer. */
const refuse = (name: string, limit: number, scopeDownStatement?: CfnWebACL.StatementProperty): Rule => ({
  name,
  statement: {
    rateBasedStatement: {
      aggregateKeyType: 'IP',
      evaluationWindowSec: 60,
      limit,
      ...(scopeDownStatement && { scopeDownStatement }),
    },
  },
  action: { block: {} },
  visibilityConfig: countedAs(name),
});

const asIs = [{ priority: 0, type: 'NONE' }];

/**
 * An invalid bearer token makes no difference here: the functions refuse it, and the other rule counts it.
 */
const asksTheApiWithoutToken: CfnWebACL.StatementProperty = {
  andStatement: {
    statements: [
      {
        byteMatchStatement: {
          fieldToMatch: { uriPath: {} },
          positionalConstraint: 'STARTS_WITH',
          searchString: '/api/',
          textTransformations: asIs,
        },
      },
      {
        notStatement: {
          statement: {
            byteMatchStatement: {
              fieldToMatch: { singleHeader: { Name: 'authorization' } },
              positionalConstraint: 'STARTS_WITH',
              searchString: 'bearer ',
              textTransformations: [{ priority: 0, type: 'LOWERCASE' }],
            },
          },
        },
      },
    ],
  },
};

/**
 * Rules that would block legitimate text, such as a KPI about `<script>` or a list of 100 invitations:
 * bodies are validated by strict schemas and rendered as text. And API clients need no user agent. These
 * rules only count.
 */
const readsOurTexts = [
  'SizeRestrictions_BODY',
  'CrossSiteScripting_BODY',
  'GenericLFI_BODY',
  'GenericRFI_BODY',
  'EC2MetaDataSSRF_BODY',
  'NoUserAgent_HEADER',
];

const managed = (name: string, onlyCounted: readonly string[] = []): Rule => ({
  name,
  statement: {
    managedRuleGroupStatement: {
      vendorName: 'AWS',
      name,
      ruleActionOverrides: onlyCounted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
    },
  },
  overrideAction: { none: {} },
  visibilityConfig: countedAs(name),
});
