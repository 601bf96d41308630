import { createHash, randomInt, randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';
import { LocalProblem } from '../problem.ts';
import type { AwsService } from './http/endpoint.ts';
import { AwsError, jsonAnswer, jsonBody, notImplemented, targetOperation } from './http/messages.ts';
import type { Authorize } from './iam/authorizer.ts';
import type { AwsResources, SecretRecipe } from './resources.ts';

/** A secret with its name and the ARN that the deployment's policies use. */
export interface Secret extends StoredSecret {
  readonly name: string;
  readonly arn: string;
}

interface SecretsManagerOptions {
  readonly authorize: Authorize;
  readonly secrets: readonly Secret[];
  /** `arn:aws:secretsmanager:<region>:<account>:secret:`: how the ARN of any secret of the account begins. */
  readonly arnPrefix: string;
}

const getSecretValue = z.strictObject({
  SecretId: z.string().min(1),
  VersionStage: z.enum(['AWSCURRENT', 'AWSPREVIOUS']).default('AWSCURRENT'),
});

/**
 * GetSecretValue by name or ARN; secrets have one version, the current one. Source: AWS Secrets Manager API
 * Reference.
 */
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
    const { SecretId, VersionStage } = parsed.data;
    const secret = secrets.find(({ name, arn }) => name === SecretId || arn === SecretId);
    const resource = secret?.arn ?? (SecretId.startsWith('arn:') ? SecretId : `${arnPrefix}${SecretId}`);
    await authorize(caller, { action: 'secretsmanager:GetSecretValue', resource });
    // Secrets aren't rotated here, so none has a previous version.
    if (secret === undefined || VersionStage === 'AWSPREVIOUS')
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

export const secretArnPrefix = ({ region, account }: Pick<AwsResources, 'region' | 'account'>): string =>
  `arn:aws:secretsmanager:${region}:${account}:secret:`;

/** Secrets Manager appends six random characters to a name. Here they are derived from it. */
const suffixOf = (name: string) =>
  createHash('sha256').update(name).digest('base64url').replaceAll('_', 'a').slice(0, 6);

/** The secrets that the template creates, and external ones. */
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

const reference = /^\{\{resolve:secretsmanager:(.+):SecretString:(\w+)::\}\}$/;

/**
 * A string of the template with its secret reference resolved to the value of one key.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html
 */
export function resolveSecret(secrets: readonly Secret[], text: string): string {
  const [, id, key = ''] = reference.exec(text) ?? [];
  if (id === undefined) return text;
  const value = secrets.find(({ arn, name }) => arn === id || name === id)?.value ?? '{}';
  const resolved = z.record(z.string(), z.string()).parse(JSON.parse(value))[key];
  if (resolved === undefined) throw new LocalProblem(`The secret ${id} has no ${key}.`);
  return resolved;
}

interface StoredSecret {
  readonly value: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly versionId: string;
}

const stored = z.object({ value: z.string(), createdAt: z.iso.datetime(), versionId: z.string() });
const storedByName = z.record(z.string(), stored);

const characters = {
  letters: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
  punctuation: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
};

/** The template's generated secrets, kept in a file of the state directory that only its owner may read. */
export function openSecretFile(file: string) {
  const secrets = read(file);
  return {
    /** Returns the secret of that name; generates it by the recipe the first time. */
    obtain(name: string, recipe: SecretRecipe): StoredSecret {
      const known = secrets[name];
      if (known !== undefined) return known;
      const made = { value: generate(recipe), createdAt: new Date().toISOString(), versionId: randomUUID() };
      secrets[name] = made;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
      chmodSync(file, 0o600);
      return made;
    },
  };
}

function read(file: string): Record<string, StoredSecret> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return {};
  }
  try {
    return storedByName.parse(JSON.parse(text));
  } catch (cause) {
    throw new LocalProblem(`${file}, which keeps the generated secrets, is damaged. Run "npm run reset".`, {
      cause,
    });
  }
}

function generate({ passwordLength, excludePunctuation, excludeCharacters, into }: SecretRecipe): string {
  const alphabet = [...characters.letters, ...(excludePunctuation ? '' : characters.punctuation)].filter(
    (character) => !excludeCharacters.includes(character),
  );
  const password = Array.from({ length: passwordLength }, () => alphabet[randomInt(alphabet.length)]).join(
    '',
  );
  if (into === undefined) return password;
  const object = z.record(z.string(), z.unknown()).parse(JSON.parse(into.template));
  return JSON.stringify({ ...object, [into.key]: password });
}
