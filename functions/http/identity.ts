import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import QuickLRU from 'quick-lru';
import * as z from 'zod/mini';
import type { FactorAges } from '../../domain/access/step-up.ts';
import type { ApiKeyId } from '../../domain/api-key/api-key.schema.ts';
import { InvitationId, OrganizationId, UserId } from '../../domain/ids.ts';
import { emailAddress } from '../../domain/text.schema.ts';
import { httpRefusals } from './http.refusals.ts';
import type { SessionAccess } from './route.ts';

/** A verified Clerk session: who it is, and what their public metadata claims of an organization. */
export interface Identity {
  readonly userId: UserId;
  /** The API key that asks, and no session: what it does is its own doing. */
  readonly apiKeyId?: ApiKeyId | undefined;
  readonly sessionId: string;
  readonly organizationId?: OrganizationId | undefined;
  readonly invitationId?: InvitationId | undefined;
  /** Only an address that Clerk has verified: nobody joins by another. */
  readonly email?: string | undefined;
  /** Clerk's `act` claim: who acts as this user. */
  readonly impersonatedBy?: string | undefined;
  /** Clerk's `fva` claim: minutes since each factor was proved, when the token was made. */
  readonly factorAges?: FactorAges | undefined;
}

/**
 * Verifies a bearer token, for what a route asks. Throws `unauthenticated`, or `identity_unavailable` when
 * the keys can't be had.
 */
export type VerifyToken = (token: string, access?: SessionAccess) => Promise<Identity>;

// Clerk writes `null` or an empty text for metadata that isn't there; a malformed value is as good as none.
const optional = <Shape extends z.ZodMiniType>(shape: Shape) => z.catch(z.optional(shape), undefined);

const factorAge = z.int().check(z.minimum(-1));

const claims = z.object({
  sub: UserId,
  sid: z.string().check(z.minLength(1)),
  azp: z.string(),
  exp: z.number(),
  sts: z.optional(z.literal('active')),
  organizationId: optional(OrganizationId),
  invitationId: optional(InvitationId),
  email: optional(emailAddress),
  emailVerified: optional(z.literal(true)),
  act: z.optional(z.object({ sub: z.string() })),
  // What isn't Clerk's own form proves nothing.
  fva: optional(z.tuple([factorAge, factorAge])),
});

/**
 * The category of a session token in the `cat` header: templates and machines have others. Source: Clerk,
 * token formats.
 */
const sessionCategory = 'cl_B7d4PD111AAA';

/** Clerk's published keys, cached, refetched once for an unknown `kid`, with a pause between refetches. */
export function clerkKeys(issuer: string): JWTVerifyGetKey {
  let keys: JWTVerifyGetKey | undefined;
  return (header, token) => {
    // Made for the first token: it loads Node's fetch, which takes as long as half of the SDK.
    keys ??= createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`), {
      timeoutDuration: 3000,
      cooldownDuration: 10_000,
    });
    return keys(header, token);
  };
}

/**
 * Checks a Clerk session token by RFC 8725 and Clerk's own claims: algorithm, issuer, times, party, session
 * state and category.
 */
export function sessionVerifier(options: {
  issuer: string;
  authorizedParties: readonly string[];
  keys: JWTVerifyGetKey;
}): VerifyToken {
  const { issuer, authorizedParties, keys } = options;
  // A token that was good stays good until it expires: nothing can change what it says. Role and status are
  // read elsewhere.
  const verified = new QuickLRU<string, { readonly identity: Identity; readonly expires: number }>({
    maxSize: 500,
  });
  return async (token) => {
    const known = verified.get(token);
    if (known !== undefined && known.expires > Date.now() / 1000) return known.identity;
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      algorithms: ['RS256'],
      issuer,
      requiredClaims: ['exp', 'nbf', 'iat', 'sub', 'sid', 'azp'],
      clockTolerance: 5,
    }).catch(translate);
    if (protectedHeader.cat !== undefined && protectedHeader.cat !== sessionCategory)
      throw httpRefusals.not_a_session_token();
    const parsed = claims.safeParse(payload);
    if (!parsed.success) throw httpRefusals.session_incomplete({}, { cause: parsed.error });
    const { sub, sid, azp, exp, act, organizationId, invitationId, emailVerified } = parsed.data;
    if (!authorizedParties.includes(azp)) throw httpRefusals.token_of_another_application();
    const impersonatedBy = act?.sub;
    const email = emailVerified === true ? parsed.data.email : undefined;
    const identity: Identity = {
      ...{ userId: sub, sessionId: sid, organizationId, invitationId, email, impersonatedBy },
      factorAges: parsed.data.fva,
    };
    verified.set(token, { identity, expires: exp });
    return identity;
  };
}

function translate(cause: unknown): never {
  if (cause instanceof errors.JWTExpired) throw httpRefusals.session_expired({}, { cause });
  const aboutTheToken =
    cause instanceof errors.JWTInvalid ||
    cause instanceof errors.JWSInvalid ||
    cause instanceof errors.JOSEAlgNotAllowed ||
    cause instanceof errors.JOSENotSupported ||
    cause instanceof errors.JWTClaimValidationFailed ||
    cause instanceof errors.JWSSignatureVerificationFailed ||
    cause instanceof errors.JWKSNoMatchingKey;
  if (aboutTheToken) throw httpRefusals.token_invalid({}, { cause });
  throw httpRefusals.sign_in_unreachable({}, { cause });
}
