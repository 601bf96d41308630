import {
  createRemoteJWKSet,
  decodeJwt,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import * as z from 'zod';
import { type AwsAnswer, AwsError, xmlText } from '../http/messages.ts';
import type { Sessions } from '../iam/sessions.ts';
import { decide } from '../iam/simulator.ts';
import type { IdentityProvider, Role } from '../resources.ts';
import {
  answer,
  assumed,
  checkRoleDuration,
  parseForm,
  refuseDuplicates,
  roleParameters,
  tagContext,
  tagKey,
  tagValue,
} from './protocol.ts';

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
interface IdentityToken {
  readonly provider: IdentityProvider;
  readonly subject: string;
  /** `azp` if the token has one, otherwise `aud`. */
  readonly audience: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Throws AWS's refusal. */
type VerifyIdentityToken = (token: string) => Promise<IdentityToken>;

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

interface Options {
  readonly account: string;
  readonly sessions: Sessions;
  readonly findRole: (arn: string) => Role | undefined;
  readonly verify: VerifyIdentityToken;
}

const request = z.object({ ...roleParameters, WebIdentityToken: z.string().min(4).max(20_000) });
const refused = ['Policy', 'PolicyArns.member.1.arn', 'ProviderId'];

/** AWS gives no other reason, whichever part of the trust policy failed. */
const notAuthorized = () =>
  new AwsError('AccessDeniedException', 'Not authorized to perform sts:AssumeRoleWithWebIdentity');

/**
 * AssumeRoleWithWebIdentity: exchanges a token of one of the account's identity providers for a session of
 * a role that trusts that provider. The session's tags come from the token; a request can't name any.
 * Source: AWS STS API Reference, AssumeRoleWithWebIdentity.
 */
export const webIdentities =
  ({ account, sessions, findRole, verify }: Options) =>
  async (form: URLSearchParams): Promise<AwsAnswer> => {
    const asked = parseForm(form, request, { action: 'AssumeRoleWithWebIdentity', refused });
    const token = await verify(asked.WebIdentityToken);
    const role = findRole(asked.RoleArn);
    if (role === undefined || !(await isTrusted(role, token, asked.RoleSessionName, account)))
      throw notAuthorized();
    checkRoleDuration(asked.DurationSeconds, role);
    const session = sessions.issue({
      role,
      sessionName: asked.RoleSessionName,
      tags: token.tags,
      seconds: asked.DurationSeconds,
    });
    return answer(
      'AssumeRoleWithWebIdentity',
      `${assumed(session)}<SubjectFromWebIdentityToken>${xmlText(token.subject)}</SubjectFromWebIdentityToken>` +
        `<Provider>${xmlText(token.provider.arn)}</Provider><Audience>${xmlText(token.audience)}</Audience>`,
    );
  };

/** Whether the role's trust policy accepts the provider's token with its tags. */
async function isTrusted(
  role: Role,
  { provider, subject, audience, tags }: IdentityToken,
  sessionName: string,
  account: string,
): Promise<boolean> {
  const issuer = provider.url.replace(/^https?:\/\//, '');
  const context = {
    'sts:RoleSessionName': sessionName,
    [`${issuer}:aud`]: audience,
    [`${issuer}:sub`]: subject,
    ...tagContext(tags),
  };
  const actions = [
    'sts:AssumeRoleWithWebIdentity',
    ...(Object.keys(tags).length === 0 ? [] : ['sts:TagSession']),
  ];
  for (const action of actions) {
    const decision = await decide({
      principal: provider.arn,
      account,
      action,
      resource: role.arn,
      context,
      issuer,
      identityPolicies: [],
      resourcePolicy: role.trustPolicy,
    });
    if (decision !== 'allowed') return false;
  }
  return true;
}
