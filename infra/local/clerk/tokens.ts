import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, importPKCS8, type JWK, SignJWT } from 'jose';
import { LocalProblem } from '../problem.ts';
import { primaryEmail } from './people.ts';
import type { Session, User } from './store.ts';

const lifetimeSeconds = 60;
/** Clerk's tokens are valid from a little earlier, for clocks that are behind. */
const headStartSeconds = 10;
/** The `cat` header of session tokens. Source: Clerk, token formats. */
const sessionCategory = 'cl_B7d4PD111AAA';

interface Options {
  readonly key: SigningKey;
  /** `iss`. */
  readonly issuer: string;
  /** `azp`, and the `aud` that the claims are set to have. */
  readonly origin: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The claim whose tags AWS STS gives to a session. Source: IAM User Guide, session tags of OIDC tokens. */
export const awsTagsClaim = 'https://aws.amazon.com/tags';

/**
 * Signs a session token, version 2, configured like the product's Clerk instance: with metadata claims, the
 * email address, and the claims that AWS STS requires.
 */
export type SignToken = (session: Session, user: User, lifetimeSeconds?: number) => Promise<string>;

export const tokenSigner =
  ({ key, issuer, origin, now }: Options): SignToken =>
  (session, user, lifetime = lifetimeSeconds) => {
    const issuedAt = Math.floor(now() / 1000);
    const minutesSince = (time: number) => Math.max(0, Math.floor((now() - time) / 60_000));
    const { createdAt, confirmedAt = createdAt, secondFactorAt } = session;
    const hasSecond = user.twoFactor && secondFactorAt !== undefined;
    return new SignJWT({
      v: 2,
      sid: session.id,
      azp: origin,
      sts: 'active',
      // The age of each factor in minutes; -1 for a missing second factor.
      fva: [minutesSince(confirmedAt), hasSecond ? minutesSince(secondFactorAt) : -1],
      aud: origin,
      // Clerk writes null for metadata that a user hasn't.
      [awsTagsClaim]: { principal_tags: { organizationId: [user.publicMetadata.organizationId ?? null] } },
      organizationId: user.publicMetadata.organizationId ?? null,
      invitationId: user.publicMetadata.invitationId ?? null,
      email: primaryEmail(user)?.address ?? null,
      emailVerified: primaryEmail(user)?.verified ?? false,
    })
      .setProtectedHeader({ alg: 'RS256', kid: key.id, typ: 'JWT', cat: sessionCategory })
      .setIssuer(issuer)
      .setSubject(user.id)
      .setIssuedAt(issuedAt)
      .setNotBefore(issuedAt - headStartSeconds)
      .setExpirationTime(issuedAt + lifetime)
      .sign(key.privateKey);
  };

/** The key that signs session tokens, and its public half. */
export interface SigningKey {
  readonly id: string;
  readonly privateKey: CryptoKey;
  /** The public half, as a JSON Web Key (RFC 7517). */
  readonly jwk: JWK;
}

/**
 * The directory's RSA key, generated the first time.
 * @throws LocalProblem when its file is damaged
 */
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
