import { createHash } from 'node:crypto';
import type { AwsResources } from '../resources.ts';
import { openSecretFile } from './secret-store.ts';
import type { Secret } from './secrets-manager.ts';

export const secretArnPrefix = ({ region, account }: Pick<AwsResources, 'region' | 'account'>): string =>
  `arn:aws:secretsmanager:${region}:${account}:secret:`;

/** Secrets Manager puts six characters of its own behind a name; here they follow from it. */
const suffixOf = (name: string) =>
  createHash('sha256').update(name).digest('base64url').replaceAll('_', 'a').slice(0, 6);

/** The template's own secrets, made once, and those that exist beside it. */
export function deploymentSecrets(
  resources: Pick<AwsResources, 'region' | 'account' | 'secrets'>,
  given: Readonly<Record<string, string>>,
  file: string,
): Secret[] {
  const kept = openSecretFile(file);
  const createdAt = new Date().toISOString();
  return [
    ...resources.secrets.map(({ name, arn, recipe }) => ({ name, arn, ...kept.obtain(name, recipe) })),
    ...Object.entries(given).map(([name, value]) => ({
      name,
      arn: `${secretArnPrefix(resources)}${name}-${suffixOf(name)}`,
      value,
      createdAt,
      versionId: suffixOf(value),
    })),
  ];
}
