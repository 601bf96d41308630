import { LRUCache } from 'lru-cache';
import { AwsError } from '../http/messages.ts';
import type { Session } from './sessions.ts';
import { type Decision, decide, type Question } from './simulator.ts';

/** An action to be authorized, in IAM's terms. */
export interface Access {
  readonly action: string;
  readonly resource: string;
  /** The request's condition keys, without those about the caller. */
  readonly context?: Question['context'];
  /** The resource's account, if its ARN doesn't contain it: by default the deployment's. */
  readonly account?: string;
  readonly resourcePolicy?: unknown;
}

/** Throws AWS's refusal unless the caller's policies allow the access. */
export type Authorize = (caller: Session, access: Access) => Promise<void>;

/** Number of cached decisions, about a kilobyte each. */
const remembered = 5000;

/** Evaluates the caller's policies, and caches the decisions. */
export function createAuthorizer(account: string): Authorize {
  const decisions = new LRUCache<string, Decision>({ max: remembered });
  return async (caller, access) => {
    const { action, resource, context, resourcePolicy, account: owner } = access;
    const question = JSON.stringify([
      caller.arn,
      caller.tags,
      action,
      resource,
      context,
      resourcePolicy,
      owner,
    ]);
    const outcome = decisions.get(question) ?? (await decide(asQuestion(caller, access, account)));
    decisions.set(question, outcome);
    if (outcome !== 'allowed') throw accessDenied(caller, access, outcome);
  };
}

const asQuestion = (caller: Session, access: Access, account: string): Question => ({
  principal: caller.arn,
  account: access.account ?? accountIn(access.resource, account),
  action: access.action,
  resource: access.resource,
  context: { ...callerContext(caller, accountIn(caller.role.arn, account)), ...access.context },
  identityPolicies: caller.role.policies,
  resourcePolicy: access.resourcePolicy,
});

/** The account that an ARN names, if it names one. */
const accountIn = (arn: string, otherwise: string): string => arn.split(':')[4] || otherwise;

const callerContext = (caller: Session, account: string): Question['context'] => ({
  'aws:PrincipalArn': caller.role.arn,
  'aws:PrincipalAccount': account,
  'aws:userid': caller.userId,
  'aws:SecureTransport': 'true',
  ...Object.fromEntries(
    Object.entries(caller.tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value]),
  ),
});

// Source: IAM User Guide, "Access denied error messages".
function accessDenied(caller: Session, { action, resource }: Access, outcome: Decision): AwsError {
  const because =
    outcome === 'explicit deny'
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${action} action`;
  return new AwsError(
    'AccessDeniedException',
    `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource} ${because}`,
  );
}
