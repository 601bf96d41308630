import { LRUCache } from 'lru-cache';
import { AwsError } from '../http/answer.ts';
import type { Session } from './sessions.ts';
import { type Decision, decide, type Question } from './simulator.ts';

/** What somebody wants to do, in IAM's terms. */
export interface Access {
  readonly action: string;
  readonly resource: string;
  /** The request's own condition keys, beside those that tell who asks. */
  readonly context?: Question['context'];
  /** The policy on the resource itself, where it has one. */
  readonly resourcePolicy?: unknown;
}

/** Throws what AWS answers unless the caller's policies allow the access. */
export type Authorize = (caller: Session, access: Access) => Promise<void>;

/** Decisions kept. One is about a kilobyte; a run with many tenants stays below ten megabytes. */
const remembered = 5000;

/** The gate: evaluates the caller's real policies, and remembers what they said to the same question. */
export function createAuthorizer(account: string): Authorize {
  const decisions = new LRUCache<string, Decision>({ max: remembered });
  return async (caller, access) => {
    const { action, resource, context, resourcePolicy } = access;
    const question = JSON.stringify([caller.arn, caller.tags, action, resource, context, resourcePolicy]);
    const outcome = decisions.get(question) ?? (await decide(asQuestion(caller, access, account)));
    decisions.set(question, outcome);
    if (outcome !== 'allowed') throw accessDenied(caller, access, outcome);
  };
}

const asQuestion = (caller: Session, access: Access, account: string): Question => ({
  principal: caller.arn,
  account,
  action: access.action,
  resource: access.resource,
  context: { ...callerContext(caller, account), ...access.context },
  identityPolicies: caller.role.policies,
  resourcePolicy: access.resourcePolicy,
});

const callerContext = (caller: Session, account: string): Question['context'] => ({
  'aws:PrincipalArn': caller.role.arn,
  'aws:PrincipalAccount': account,
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
