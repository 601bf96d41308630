import {
  createRemoteJWKSet,
  decodeJwt,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import * as z from 'zod';
import { AwsError } from '../http/answer.ts';
import type { IdentityProvider } from '../resources.ts';
import { refuseDuplicates, tagKey, tagValue } from './parameters.ts';

const claim = 'https://aws.amazon.com/tags';
const flattened = `${claim}/principal_tags/`;

/** A tag has one value, which the nested form contains as a list of one. */
const value = z.union([tagValue, z.tuple([tagValue]).transform(([only]) => only)]);
const nested = z.looseObject({ principal_tags: z.record(tagKey, value).default({}) });
const principalTags = z.record(tagKey, value).refine((tags) => Object.keys(tags).length <= 50);

/**
 * The session tags that a token's signed claim names, in either of its two forms.
 * Source: IAM User Guide, "Passing session tags using AssumeRoleWithWebIdentity".
 * @throws AwsError `InvalidIdentityToken` for a claim of another shape
 */
function sessionTagsOf(payload: JWTPayload): Readonly<Record<string, string>> {
  const whole = nested.safeParse(payload[claim] ?? {});
  const flat = Object.entries(payload).flatMap(([name, tag]) =>
    name.startsWith(flattened) ? [[name.slice(flattened.length), tag] as const] : [],
  );
  const tags = principalTags.safeParse({
    ...(whole.success ? whole.data.principal_tags : {}),
    ...Object.fromEntries(flat),
  });
  if (!whole.success || !tags.success)
    throw new AwsError(
      'InvalidIdentityToken',
      `The claim ${claim} is not of the form that session tags have.`,
    );
  refuseDuplicates(Object.keys(tags.data));
  return tags.data;
}

/** What STS reads from an accepted token. */
export interface IdentityToken {
  readonly provider: IdentityProvider;
  readonly subject: string;
  /** `azp` if the token has one, otherwise `aud`. */
  readonly audience: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Throws AWS's refusal. */
export type VerifyIdentityToken = (token: string) => Promise<IdentityToken>;

const invalid = (message: string) => new AwsError('InvalidIdentityToken', message);
const noKey = () =>
  invalid(
    "Couldn't retrieve verification key from your identity provider, please reference AssumeRoleWithWebIdentity documentation for requirements",
  );
const unreachable = (cause: unknown) =>
  new AwsError('IDPCommunicationError', `The identity provider can't be reached: ${String(cause)}`);

/** After `exp`, for clocks that differ. Source: IAM User Guide, OIDC federation. */
const leewaySeconds = 300;
const patienceMs = 5000;

const discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });

/** The issuer's keys, from the URL in its discovery document. */
async function discover({ url }: IdentityProvider): Promise<JWTVerifyGetKey> {
  const response = await fetch(`${url}/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(patienceMs),
  }).catch((cause: unknown) => {
    throw unreachable(cause);
  });
  if (response.status >= 500) throw unreachable(`it answered ${response.status}`);
  const document = discovery.safeParse(response.ok ? await response.json().catch(() => null) : null);
  if (!document.success || document.data.issuer !== url) throw noKey();
  return createRemoteJWKSet(new URL(document.data.jwks_uri), { timeoutDuration: patienceMs });
}

/**
 * Verifies tokens as AWS does, in its order: the issuer is a provider of the account, it has the claims, a
 * key of the issuer signed it, it is in time, and for an audience of the provider.
 * Source: AWS STS API Reference, AssumeRoleWithWebIdentity; IAM User Guide, "Create an OIDC identity
 * provider".
 */
export function identityTokens(providers: readonly IdentityProvider[]): VerifyIdentityToken {
  const known = new Map<string, JWTVerifyGetKey>();
  const keysOf = async (provider: IdentityProvider): Promise<JWTVerifyGetKey> => {
    const keys = known.get(provider.url) ?? (await discover(provider));
    known.set(provider.url, keys);
    return keys;
  };
  return async (token) => {
    const claims = decoded(token);
    const provider = providers.find(({ url }) => url === claims.iss);
    if (provider === undefined)
      throw invalid(`No OpenIDConnect provider found in your account for ${String(claims.iss)}`);
    for (const name of ['sub', 'aud', 'iat', 'exp'])
      if (claims[name] === undefined) throw invalid(`Missing a required claim: ${name}`);
    const { payload } = await jwtVerify(token, await keysOf(provider), {
      algorithms: ['RS256'],
      issuer: provider.url,
      clockTolerance: leewaySeconds,
    }).catch(translate);
    return {
      provider,
      subject: payload.sub ?? '',
      audience: audienceOf(payload, provider),
      tags: sessionTagsOf(payload),
    };
  };
}

function decoded(token: string): JWTPayload {
  try {
    return decodeJwt(token);
  } catch {
    throw invalid(
      'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
    );
  }
}

/** The audience, which must be one of the provider's. For a token with `azp`, it is that claim. */
function audienceOf({ azp, aud }: JWTPayload, { clientIds }: IdentityProvider): string {
  const named = typeof azp === 'string' ? [azp] : [aud ?? []].flat();
  const audience = named.find((one) => clientIds.includes(one));
  if (audience === undefined) throw invalid('Incorrect token audience');
  return audience;
}

function translate(cause: unknown): never {
  if (cause instanceof errors.JWTExpired)
    throw new AwsError(
      'ExpiredIdentityToken',
      `Token expired: current date/time ${new Date().toISOString()} must be before the expiration date/time of the token`,
    );
  if (cause instanceof errors.JWKSNoMatchingKey || cause instanceof errors.JWKSInvalid) throw noKey();
  const aboutTheToken =
    cause instanceof errors.JWTInvalid ||
    cause instanceof errors.JWSInvalid ||
    cause instanceof errors.JOSEAlgNotAllowed ||
    cause instanceof errors.JOSENotSupported ||
    cause instanceof errors.JWTClaimValidationFailed ||
    cause instanceof errors.JWSSignatureVerificationFailed;
  throw aboutTheToken ? invalid(`The token is not valid: ${cause.message}`) : unreachable(cause);
}
