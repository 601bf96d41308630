import { randomInt, randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';
import { LocalProblem } from '../problem.ts';

/** How the template wants a secret made. Source: AWS::SecretsManager::Secret GenerateSecretString. */
export interface SecretRecipe {
  readonly passwordLength: number;
  readonly excludePunctuation: boolean;
  readonly excludeCharacters: string;
  /** The generated text goes under this key of the JSON object `template`. */
  readonly into?: { readonly template: string; readonly key: string } | undefined;
}

export interface StoredSecret {
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

/** Secrets of the template, generated once for a state directory and kept in its file, which only its owner may read. */
export function openSecretFile(file: string) {
  const secrets = read(file);
  return {
    /** The secret of that name, made by the recipe if it isn't there yet. */
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
