import { CfnOutput, Stack } from 'aws-cdk-lib';
import { OidcProviderNative, OpenIdConnectPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import { type StageSettings, stackPropsOf } from '../stage.ts';

const issuer = 'token.actions.githubusercontent.com';
/** The qualifier of `cdk bootstrap`, part of its roles' names. */
const qualifier = 'hnb659fds';

/**
 * The roles that GitHub's workflows assume with an OIDC token, so that GitHub stores no AWS keys: one
 * deploys the stage, from one environment; one reads its templates, from pull requests, whose code isn't
 * trusted. The account's provider for GitHub is created once by hand, because an account can only have one.
 */
export class PipelineStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { stage, from }: { readonly stage: StageSettings; readonly from: NonNullable<StageSettings['github']> },
  ) {
    super(scope, id, { ...stackPropsOf(stage), description: `MTCMS ${stage.name}: roles of the pipeline` });
    const arn = `arn:${this.partition}:iam::${this.account}:oidc-provider/${issuer}`;
    const provider = OidcProviderNative.fromOidcProviderArn(this, 'GitHub', arn);
    const trusted = (subject: string) =>
      new OpenIdConnectPrincipal(provider, {
        StringEquals: {
          [`${issuer}:aud`]: 'sts.amazonaws.com',
          [`${issuer}:sub`]: `repo:${from.repository}:${subject}`,
        },
      });

    const deploy = new Role(this, 'Deploy', {
      description: `Deploys MTCMS ${stage.name} from ${from.repository}`,
      assumedBy: trusted(`environment:${from.environment}`),
    });
    const { account, backupCopy } = stage;
    const places = [
      { account: account ?? this.account, region: this.region },
      // The firewall is here, because CloudFront requires it.
      { account: account ?? this.account, region: 'us-east-1' },
      ...(backupCopy ? [{ account: backupCopy.account ?? this.account, region: backupCopy.region }] : []),
    ];
    // CDK's bootstrap roles, which deploy; their own policies limit them.
    const tasks = ['deploy-role', 'file-publishing-role', 'lookup-role'];
    deploy.addToPolicy(
      new PolicyStatement({
        actions: ['sts:AssumeRole'],
        resources: places.flatMap((place) =>
          tasks.map(
            (task) =>
              `arn:${this.partition}:iam::${place.account}:role/cdk-${qualifier}-${task}-${place.account}-${place.region}`,
          ),
        ),
      }),
    );
    const diff = new Role(this, 'Diff', {
      description: `Reads the templates of MTCMS ${stage.name} for pull requests of ${from.repository}`,
      assumedBy: trusted('pull_request'),
    });
    const stacks = `arn:${this.partition}:cloudformation:*:${this.account}:stack/mtcms-${stage.name}-*`;
    diff.addToPolicy(
      new PolicyStatement({
        actions: ['cloudformation:DescribeStacks', 'cloudformation:GetTemplate'],
        resources: [stacks],
      }),
    );
    acknowledge(
      diff,
      `AwsSolutions-IAM5[Resource::${stacks}]`,
      'The stacks of this stage, which CloudFormation gives an id behind their names.',
    );
    new CfnOutput(this, 'DeployRoleArn', { value: deploy.roleArn });
    new CfnOutput(this, 'DiffRoleArn', { value: diff.roleArn });
  }
}
