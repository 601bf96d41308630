import * as z from 'zod';
import type { AwsService } from '../http/endpoint.ts';
import {
  type AwsAnswer,
  AwsError,
  type AwsRequest,
  notImplemented,
  unauthenticated,
  xmlText,
} from '../http/messages.ts';
import type { Authorize } from '../iam/authorizer.ts';
import type { Session, Sessions } from '../iam/sessions.ts';
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
import { identityTokens, webIdentities } from './web-identity.ts';

interface Options {
  readonly authorize: Authorize;
  readonly sessions: Sessions;
  readonly findRole: (arn: string) => Role | undefined;
}

/** Role chaining: a role session that was obtained by another role session lasts an hour at most. */
const longestChainedSession = 3600;

async function assumeRole(request: AssumeRoleRequest, caller: Session, options: Options) {
  const role = options.findRole(request.RoleArn);
  const tags = Object.fromEntries(request.tags.map(({ Key, Value }) => [Key, Value]));
  await authorizeAssumption(request, { role, tags, caller }, options.authorize);
  if (role === undefined) throw new AwsError('AccessDeniedException', `There is no role ${request.RoleArn}.`);
  if (request.DurationSeconds > longestChainedSession)
    throw new AwsError(
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    );
  checkRoleDuration(request.DurationSeconds, role);
  const session = options.sessions.issue({
    role,
    sessionName: request.RoleSessionName,
    tags,
    seconds: request.DurationSeconds,
  });
  return answer('AssumeRole', assumed(session));
}

interface Assumption {
  readonly role: Role | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly caller: Session;
}

/**
 * The caller's policies and the role's trust policy must allow sts:AssumeRole and, with tags, sts:TagSession.
 */
async function authorizeAssumption(
  { RoleArn, RoleSessionName, ExternalId }: AssumeRoleRequest,
  { role, tags, caller }: Assumption,
  authorize: Authorize,
): Promise<void> {
  const context = {
    'sts:RoleSessionName': RoleSessionName,
    ...(ExternalId === undefined ? {} : { 'sts:ExternalId': ExternalId }),
    ...tagContext(tags),
  };
  const actions = Object.keys(tags).length === 0 ? ['sts:AssumeRole'] : ['sts:AssumeRole', 'sts:TagSession'];
  for (const action of actions)
    await authorize(caller, { action, resource: RoleArn, context, resourcePolicy: role?.trustPolicy });
}

const request = z.object({
  ...roleParameters,
  ExternalId: z
    .string()
    .regex(/^[\w+=,.@:/-]{2,1224}$/)
    .optional(),
  tags: z.array(z.object({ Key: tagKey, Value: tagValue })).max(50),
});
type AssumeRoleRequest = z.infer<typeof request>;

const refused = [
  'Policy',
  'PolicyArns.member.1.arn',
  'SourceIdentity',
  'SerialNumber',
  'TransitiveTagKeys.member.1',
  'ProvidedContexts.member.1.ProviderArn',
];

/** Parses the form of an AssumeRole request. Source: AWS STS API Reference, AssumeRole. */
export function parseAssumeRole(form: URLSearchParams): AssumeRoleRequest {
  const more = { tags: tagsOf(form) };
  const parsed = parseForm(form, request, { action: 'AssumeRole', refused, more });
  refuseDuplicates(parsed.tags.map(({ Key }) => Key));
  return parsed;
}

/** The tags, whatever their numbers in the form. A tag without a value is refused. */
function tagsOf(form: URLSearchParams): unknown[] {
  const numbers = [...form.keys()].flatMap((name) => /^Tags\.member\.(\d+)\./.exec(name)?.[1] ?? []);
  return [...new Set(numbers)].map((n) => ({
    Key: form.get(`Tags.member.${n}.Key`),
    Value: form.get(`Tags.member.${n}.Value`),
  }));
}

interface StsOptions {
  readonly account: string;
  readonly authorize: Authorize;
  readonly sessions: Sessions;
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
    // The token is the proof, so this request isn't signed.
    async handleUnsigned(request) {
      const form = formOf(request);
      if (form.get('Action') === 'AssumeRoleWithWebIdentity') return assumeByToken(form);
      throw unauthenticated();
    },
  };
}
