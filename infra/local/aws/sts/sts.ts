import { type AwsAnswer, notImplemented, xmlText } from '../http/answer.ts';
import type { AwsService } from '../http/endpoint.ts';
import { type AwsRequest, unauthenticated } from '../http/request.ts';
import type { Authorize } from '../iam/authorizer.ts';
import type { Sessions } from '../iam/sessions.ts';
import type { IdentityProvider, Role } from '../resources.ts';
import { answer } from './answer.ts';
import { assumeRole, parseAssumeRole } from './assume-role.ts';
import { identityTokens } from './identity-token.ts';
import { webIdentities } from './web-identity.ts';

interface StsOptions {
  readonly account: string;
  readonly authorize: Authorize;
  readonly sessions: Sessions;
  /** The deployment's role with that ARN, if it has one. */
  readonly findRole: (arn: string) => Role | undefined;
  readonly identityProviders: readonly IdentityProvider[];
}

const formOf = ({ body }: AwsRequest) => new URLSearchParams(body.toString());

export function sts(options: StsOptions): AwsService {
  const assumeByToken = webIdentities({ ...options, verify: identityTokens(options.identityProviders) });
  return {
    protocol: 'query',
    async handle(request, caller): Promise<AwsAnswer> {
      const form = formOf(request);
      switch (form.get('Action')) {
        case 'AssumeRole':
          return assumeRole(parseAssumeRole(form), caller, options);
        case 'AssumeRoleWithWebIdentity':
          return assumeByToken(form);
        case 'GetCallerIdentity':
          return answer(
            'GetCallerIdentity',
            `<Arn>${xmlText(caller.arn)}</Arn><UserId>${caller.userId}</UserId><Account>${options.account}</Account>`,
          );
        default:
          throw notImplemented('sts', form.get('Action') ?? '(no action)');
      }
    },
    // The token is the proof: nobody signs this request.
    async handleUnsigned(request) {
      const form = formOf(request);
      if (form.get('Action') === 'AssumeRoleWithWebIdentity') return assumeByToken(form);
      throw unauthenticated();
    },
  };
}
