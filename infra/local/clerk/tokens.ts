import { SignJWT } from 'jose';
import type { SigningKey } from './keys.ts';
import { primaryEmail } from './people/user.ts';
import type { Session, User } from './store/state.ts';

const lifetimeSeconds = 60;
/** Clerk's tokens are valid from a little earlier, for clocks that are behind. */
const headStartSeconds = 10;
/** The `cat` header of session tokens. Source: Clerk, token formats. */
const sessionCategory = 'cl_B7d4PD111AAA';

interface Options {
  readonly key: SigningKey;
  /** `iss`. */
  readonly issuer: string;
  /** `azp`. */
  readonly origin: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Signs a session token, version 2, as the product's Clerk instance is set up: with metadata claims and the
 * e-mail address.
 */
export type SignToken = (session: Session, user: User, lifetimeSeconds?: number) => Promise<string>;

export const tokenSigner =
  ({ key, issuer, origin, now }: Options): SignToken =>
  (session, user, lifetime = lifetimeSeconds) => {
    const issuedAt = Math.floor(now() / 1000);
    const minutesSinceSignIn = Math.max(0, Math.floor((now() - session.createdAt) / 60_000));
    return new SignJWT({
      v: 2,
      sid: session.id,
      azp: origin,
      sts: 'active',
      // The first factor's age in minutes; there is no second.
      fva: [minutesSinceSignIn, -1],
      // Clerk writes null for metadata that a user hasn't.
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
