import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type AwsAnswer, AwsError, notImplemented, xmlAnswer, xmlText } from './http/answer.ts';
import type { AwsService } from './http/endpoint.ts';
import type { Authorize } from './iam/authorizer.ts';
import type { Session, Sessions } from './iam/sessions.ts';
import type { Role } from './resources.ts';

interface StsOptions {
  readonly account: string;
  readonly authorize: Authorize;
  readonly sessions: Sessions;
  /** The deployment's role with that ARN, if it has one. */
  readonly findRole: (arn: string) => Role | undefined;
}

/** Role chaining: a role session that was obtained by another role session lasts an hour at most. */
const longestChainedSession = 3600;

export const sts = (options: StsOptions): AwsService => ({
  protocol: 'query',
  async handle(request, caller) {
    const form = new URLSearchParams(request.body.toString());
    switch (form.get('Action')) {
      case 'AssumeRole':
        return assumeRole(parseAssumeRole(form), caller, options);
      case 'GetCallerIdentity':
        return answer(
          'GetCallerIdentity',
          `<Arn>${xmlText(caller.arn)}</Arn><UserId>${caller.userId}</UserId><Account>${options.account}</Account>`,
        );
      default:
        throw notImplemented('sts', form.get('Action') ?? '(no action)');
    }
  },
});

async function assumeRole(request: AssumeRoleRequest, caller: Session, options: StsOptions) {
  const role = options.findRole(request.RoleArn);
  await authorizeAssumption(request, role, caller, options.authorize);
  if (role === undefined) throw new AwsError('AccessDeniedException', `There is no role ${request.RoleArn}.`);
  checkDuration(request.DurationSeconds, role);
  const session = options.sessions.issue({
    role,
    sessionName: request.RoleSessionName,
    tags: Object.fromEntries(request.tags.map(({ Key, Value }) => [Key, Value])),
    seconds: request.DurationSeconds,
  });
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt, arn, userId } = session;
  return answer(
    'AssumeRole',
    `<AssumedRoleUser><AssumedRoleId>${userId}</AssumedRoleId><Arn>${xmlText(arn)}</Arn></AssumedRoleUser>` +
      `<Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey>` +
      `<SessionToken>${sessionToken}</SessionToken><Expiration>${new Date(expiresAt).toISOString()}</Expiration></Credentials>`,
  );
}

/**
 * The caller's policies and the role's trust policy must allow sts:AssumeRole and, with tags, sts:TagSession.
 */
async function authorizeAssumption(
  { RoleArn, RoleSessionName, ExternalId, tags }: AssumeRoleRequest,
  role: Role | undefined,
  caller: Session,
  authorize: Authorize,
): Promise<void> {
  const context = {
    'sts:RoleSessionName': RoleSessionName,
    ...(ExternalId === undefined ? {} : { 'sts:ExternalId': ExternalId }),
    ...(tags.length === 0 ? {} : { 'aws:TagKeys': tags.map(({ Key }) => Key) }),
    ...Object.fromEntries(tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])),
  };
  const actions = tags.length === 0 ? ['sts:AssumeRole'] : ['sts:AssumeRole', 'sts:TagSession'];
  for (const action of actions)
    await authorize(caller, { action, resource: RoleArn, context, resourcePolicy: role?.trustPolicy });
}

function checkDuration(seconds: number, role: Role): void {
  if (seconds > longestChainedSession)
    throw new AwsError(
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    );
  if (seconds > role.maxSessionDuration)
    throw new AwsError(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
}

const answer = (action: string, result: string): AwsAnswer =>
  xmlAnswer(
    `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>${result}</${action}Result>` +
      `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`,
  );

const refused = [
  'Policy',
  'PolicyArns.member.1.arn',
  'SourceIdentity',
  'SerialNumber',
  'TransitiveTagKeys.member.1',
  'ProvidedContexts.member.1.ProviderArn',
];

// Source: AWS STS API Reference, Tag. `*` and `?` are not allowed, so a tag can't widen a policy that
// compares with it.
const tag = z.object({
  Key: z
    .string()
    .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u)
    .regex(/^(?!aws:)/i, 'Tag keys that begin with aws: are reserved.'),
  Value: z.string().regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u),
});

const request = z.object({
  RoleArn: z
    .string()
    .regex(/^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/)
    .max(2048),
  RoleSessionName: z.string().regex(/^[\w+=,.@-]{2,64}$/),
  DurationSeconds: z.coerce.number().int().min(900).max(43_200).default(3600),
  ExternalId: z
    .string()
    .regex(/^[\w+=,.@:/-]{2,1224}$/)
    .optional(),
  tags: z.array(tag).max(50),
});

type AssumeRoleRequest = z.infer<typeof request>;

/** Parses the form of an AssumeRole request. Source: AWS STS API Reference, AssumeRole. */
export function parseAssumeRole(form: URLSearchParams): AssumeRoleRequest {
  const unknown = refused.find((name) => form.has(name));
  if (unknown !== undefined)
    throw new AwsError('InvalidParameterValue', `The local run's AssumeRole does not take ${unknown}.`);
  const result = request.safeParse({ ...Object.fromEntries(form), tags: tagsOf(form) });
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new AwsError('ValidationError', `${issue?.path.join('.')}: ${issue?.message}`);
  }
  const keys = result.data.tags.map(({ Key }) => Key.toLowerCase());
  if (new Set(keys).size !== keys.length)
    throw new AwsError(
      'InvalidParameterValue',
      'Duplicate tag keys found. Please note that tag keys are case insensitive.',
    );
  return result.data;
}

/** The tags, whatever their numbers in the form. A tag without a value is refused. */
function tagsOf(form: URLSearchParams): unknown[] {
  const numbers = [...form.keys()].flatMap((name) => /^Tags\.member\.(\d+)\./.exec(name)?.[1] ?? []);
  return [...new Set(numbers)].map((n) => ({
    Key: form.get(`Tags.member.${n}.Key`),
    Value: form.get(`Tags.member.${n}.Value`),
  }));
}
