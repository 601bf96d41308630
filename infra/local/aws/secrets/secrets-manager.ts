import * as z from 'zod';
import { jsonAnswer } from '../http/aws-answer.ts';
import { AwsError, notImplemented } from '../http/aws-error.ts';
import { jsonBody, targetOperation } from '../http/aws-request.ts';
import type { AwsService } from '../http/endpoint.ts';
import type { Authorize } from '../iam/authorizer.ts';
import type { StoredSecret } from './secret-store.ts';

/** A secret under its name, and the ARN that the deployment's policies call it. */
export interface Secret extends StoredSecret {
  readonly name: string;
  readonly arn: string;
}

export interface SecretsManagerOptions {
  readonly authorize: Authorize;
  readonly secrets: readonly Secret[];
  /** `arn:aws:secretsmanager:<region>:<account>:secret:`: how the ARN of any secret of the account begins. */
  readonly arnPrefix: string;
}

const getSecretValue = z.strictObject({
  SecretId: z.string().min(1),
  VersionStage: z.literal('AWSCURRENT').optional(),
});

/** GetSecretValue of current versions, by name or ARN. Source: AWS Secrets Manager API Reference. */
export const secretsManager = ({ authorize, secrets, arnPrefix }: SecretsManagerOptions): AwsService => ({
  protocol: 'json-1.1',
  async handle(request, caller) {
    const operation = targetOperation(request, 'secretsmanager');
    if (operation !== 'GetSecretValue') throw notImplemented('secretsmanager', operation);
    const parsed = getSecretValue.safeParse(jsonBody(request));
    if (!parsed.success)
      throw new AwsError(
        'InvalidParameterException',
        `The local run takes SecretId only: ${parsed.error.message}`,
      );
    const { SecretId } = parsed.data;
    const secret = secrets.find(({ name, arn }) => name === SecretId || arn === SecretId);
    const resource = secret?.arn ?? (SecretId.startsWith('arn:') ? SecretId : `${arnPrefix}${SecretId}`);
    await authorize(caller, { action: 'secretsmanager:GetSecretValue', resource });
    if (secret === undefined)
      throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    return jsonAnswer({
      ARN: secret.arn,
      Name: secret.name,
      SecretString: secret.value,
      VersionId: secret.versionId,
      VersionStages: ['AWSCURRENT'],
      CreatedDate: Date.parse(secret.createdAt) / 1000,
    });
  },
});
