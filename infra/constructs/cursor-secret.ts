import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';

/** The key that signs paging cursors, made by the deployment. */
export class CursorSecret extends Secret {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      description: 'Signs paging cursors',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
    });
    acknowledge(
      this,
      'AwsSolutions-SMG4',
      'Signs paging cursors, which expire within a day and grant nothing by themselves. It is exchanged by hand after a ' +
        'leak, see docs/deploy.md; the value before it stays good, so no list that is open breaks.',
    );
  }

  // CDK's `Secret` says `string | undefined` here, which its own `ISecret` refuses under
  // exactOptionalPropertyTypes.
  override get secretFullArn(): string {
    return this.secretArn;
  }
}
