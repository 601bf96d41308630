import { AppError } from '../../domain/errors.ts';

const kept = new Map<string, Promise<string>>();

async function read(id: string): Promise<string> {
  // Loaded on first use: a cold start that needs no secret doesn't pay for the client.
  const { GetSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
  const { SecretString } = await new SecretsManagerClient({}).send(
    new GetSecretValueCommand({ SecretId: id }),
  );
  if (SecretString === undefined) throw new AppError('internal', `The secret ${id} has no text.`);
  return SecretString;
}

/** The text of a secret in AWS Secrets Manager, read once an execution environment; a failed read is tried again next time. */
export function secret(id: string): Promise<string> {
  const known = kept.get(id);
  if (known !== undefined) return known;
  const reading = read(id);
  kept.set(id, reading);
  reading.catch(() => kept.delete(id));
  return reading;
}
