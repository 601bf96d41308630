import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';

/** The header that proves to the API that a request comes through the site. */
export const originHeader = 'x-origin-verify';

/**
 * The value of that header, generated at deployment: `{"current": "…"}`, with `next` after the first
 * rotation (see functions/origin/origin-secret.ts).
 */
export class OriginSecret extends Secret {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      description: 'Proves to the API that a request comes through the distribution of the site',
      generateSecretString: {
        secretStringTemplate: '{}',
        generateStringKey: 'current',
        passwordLength: 64,
        excludePunctuation: true,
      },
    });
    acknowledge(
      this,
      'AwsSolutions-SMG4',
      'It is rotated every 30 days, by a function of the web stack, which changes the distribution too.',
    );
  }

  /** Resolved by CloudFormation at deployment, so that no template contains it. */
  get currentValue(): string {
    return this.secretValueFromJson('current').unsafeUnwrap();
  }

  // CDK's `Secret` declares `string | undefined` here, which its own `ISecret`
  // refuses under exactOptionalPropertyTypes.
  override get secretFullArn(): string {
    return this.secretArn;
  }
}
