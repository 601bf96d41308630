import { ArnFormat, Stack } from 'aws-cdk-lib';
import { DataIdentifier, DataProtectionPolicy, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { perAddress } from '../limits.ts';
import type { StageSettings } from '../stage.ts';

/**
 * What CloudFront refuses before anything of ours is asked: too many requests of one address, and requests
 * that are known attacks. It must be in us-east-1.
 */
export class Firewall extends Construct {
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
   * Logs what was blocked and by which rule, with nothing that names a person: no address of a page, query,
   * token or cookie. WAF always writes the sender's address; the log group masks it for whoever may not
   * unmask.
   */
  private logBlocked({ name }: StageSettings): void {
    // WAF wants this beginning.
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
      // Without the `:*` that CloudFormation's own attribute ends with.
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

/** Counted by rule in CloudWatch; no request is kept as a sample, which would have its sender's address. */
const countedAs = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: false,
  metricName,
});

/** Refuses an address that sends more than so many requests in a minute, until it sends fewer. */
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
 * A bearer token that isn't one makes no difference here: the functions refuse it, and the other rule counts
 * it.
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
 * Rules that would refuse what people write, such as a KPI about `<script>`, or a list of 100 invitations:
 * bodies are read by strict schemas and shown as text. And a client of the API needs no user agent. These
 * only count.
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
