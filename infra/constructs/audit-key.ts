import { Duration } from 'aws-cdk-lib';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { StageSettings } from '../stage.ts';

/**
 * The key that signs checkpoints of audit trails: Ed25519, made in KMS, which it never leaves. Whoever
 * verifies an export holds its public half, so it isn't rotated.
 */
export class AuditKey extends Key {
  constructor(scope: Construct, id: string, { stage }: { readonly stage: StageSettings }) {
    super(scope, id, {
      description: `Signs the audit checkpoints of MTCMS ${stage.name}`,
      keySpec: KeySpec.ECC_NIST_EDWARDS25519,
      keyUsage: KeyUsage.SIGN_VERIFY,
      pendingWindow: Duration.days(stage.disposable ? 7 : 30),
    });
  }
}
