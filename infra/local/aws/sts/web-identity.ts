import * as z from 'zod';
import { type AwsAnswer, AwsError, xmlText } from '../http/answer.ts';
import type { Sessions } from '../iam/sessions.ts';
import { decide } from '../iam/simulator.ts';
import type { Role } from '../resources.ts';
import { answer, assumed } from './answer.ts';
import type { IdentityToken, VerifyIdentityToken } from './identity-token.ts';
import { checkRoleDuration, parseForm, roleParameters, tagContext } from './parameters.ts';

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
