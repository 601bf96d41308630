import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, importPKCS8, type JWK } from 'jose';
import { LocalProblem } from '../aws/problem.ts';

/** The key that session tokens are signed with, and what others check them by. */
export interface SigningKey {
  readonly id: string;
  readonly privateKey: CryptoKey;
  /** The public half, as a JSON Web Key (RFC 7517). */
  readonly jwk: JWK;
}

/** The RSA key of a directory, made there at first. @throws LocalProblem when its file is damaged. */
export async function openSigningKey(directory: string): Promise<SigningKey> {
  const file = join(directory, 'signing-key.pem');
  const pem = read(file) ?? make(file);
  try {
    const privateKey = await importPKCS8(pem, 'RS256');
    const publicHalf = await exportJWK(createPublicKey(pem));
    const id = `ins_${await calculateJwkThumbprint(publicHalf)}`;
    return { id, privateKey, jwk: { ...publicHalf, use: 'sig', alg: 'RS256', kid: id } };
  } catch (cause) {
    throw new LocalProblem(`${file}, which signs session tokens, is damaged. Run "npm run reset".`, {
      cause,
    });
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function make(file: string): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, pem, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return pem;
}
