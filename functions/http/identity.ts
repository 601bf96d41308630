import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import QuickLRU from 'quick-lru';
import * as z from 'zod/mini';
import type { FactorAges } from '../../domain/access/step-up.ts';
import type { ApiKeyId } from '../../domain/api-key/api-key.schema.ts';
import { InvitationId, OrganizationId, UserId } from '../../domain/ids.ts';
import { emailAddress } from '../../domain/text.schema.ts';
import type { sessionSettings } from '../settings.ts';
import { httpRefusals } from './http.refusals.ts';
import type { SessionAccess } from './route.ts';

/** A verified Clerk session: the user, and the organization claimed by their public metadata. */
export interface Identity {
  readonly userId: UserId;
  /** The API key of the request, which then has no session: the key acts for itself. */
  readonly apiKeyId?: ApiKeyId | undefined;
  readonly sessionId: string;
  readonly organizationId?: OrganizationId | undefined;
  readonly invitationId?: InvitationId | undefined;
  /** Only an address verified by Clerk; others can't be used to join. */
  readonly email?: string | undefined;
  /** Clerk's `act` claim: who is impersonating this user. */
  readonly impersonatedBy?: string | undefined;
  /** Clerk's `fva` claim: minutes since each factor was verified, at the time the token was issued. */
  readonly factorAges?: FactorAges | undefined;
}

/**
 * Verifies a bearer token against a route's requirements. Throws `unauthenticated`, or
 * `identity_unavailable` if the keys can't be fetched.
 */
export type VerifyToken = (token: string, access?: SessionAccess) => Promise<Identity>;

// Clerk writes `null` or an empty string for missing metadata; a malformed value counts as missing.
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
  // Any other form than Clerk's own proves nothing.
  fva: optional(z.tuple([factorAge, factorAge])),
});

/**
 * The category of session tokens in the `cat` header; templates and machine tokens have others. Source:
 * Clerk, token formats.
 */
const sessionCategory = 'cl_B7d4PD111AAA';

/** Clerk's published keys: cached, refetched once for an unknown `kid`, with a cooldown between refetches. */
export function clerkKeys(issuer: string): JWTVerifyGetKey {
  let keys: JWTVerifyGetKey | undefined;
  return (header, token) => {
    // Created for the first token: it loads Node's fetch, which takes as long as half of the SDK.
    keys ??= createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`), {
      timeoutDuration: 3000,
      cooldownDuration: 10_000,
    });
    return keys(header, token);
  };
}

/** Verifies the tokens of a stage's Clerk instance. */
export const clerkSessions = ({
  CLERK_ISSUER: issuer,
  AUTHORIZED_PARTIES: authorizedParties,
}: ReturnType<typeof sessionSettings>): VerifyToken =>
  sessionVerifier({ issuer, authorizedParties, keys: clerkKeys(issuer) });

/**
 * Verifies a Clerk session token according to RFC 8725 and Clerk's own claims: algorithm, issuer, times,
 * party, session state and category.
 */
export function sessionVerifier(options: {
  issuer: string;
  authorizedParties: readonly string[];
  keys: JWTVerifyGetKey;
}): VerifyToken {
  const { issuer, authorizedParties, keys } = options;
  // A verified token stays valid until it expires, since its claims can't change. Role and status are read
  // elsewhere.
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
