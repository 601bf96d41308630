import { CfnOutput, Fn, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Firewall } from '../constructs/firewall.ts';
import { type StageSettings, stackPropsOf } from '../stage.ts';

/** Where CloudFront reads what belongs to it, wherever the stage is. */
const region = 'us-east-1';
const output = 'WebAclArn';

/** What must be in us-east-1: the firewall before the distribution. */
export class EdgeStack extends Stack {
  constructor(scope: Construct, id: string, { stage }: { readonly stage: StageSettings }) {
    super(scope, id, {
      ...stackPropsOf(stage),
      env: { region, ...(stage.account !== undefined && { account: stage.account }) },
      description: `MTCMS ${stage.name}: firewall`,
    });
    const { acl } = new Firewall(this, 'Firewall', { stage });
    new CfnOutput(this, output, { value: acl.attrArn });
  }

  /** For a stack of another region, whose own region need not be known here. */
  get webAclArn(): string {
    return Fn.getStackOutput(this.stackName, output, region);
  }
}
