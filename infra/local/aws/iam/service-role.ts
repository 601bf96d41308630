import { AwsError } from '../http/aws-error.ts';
import type { Role } from './role.ts';
import type { Session, Sessions } from './sessions.ts';
import { decide, type Question } from './simulator.ts';

export interface ServiceSession {
  /** The AWS service that takes the role on, e.g. `lambda.amazonaws.com`. */
  readonly service: string;
  readonly role: Role;
  readonly sessionName: string;
  readonly account: string;
  /** Condition keys that the service sets, e.g. `aws:SourceAccount`. */
  readonly context?: Question['context'];
}

/** A session of a role for the AWS service that works under it, if the role's trust policy lets the service in. */
export async function assumeAsService(
  { service, role, sessionName, account, context = {} }: ServiceSession,
  sessions: Sessions,
): Promise<Session> {
  const decision = await decide({
    principal: service,
    account,
    action: 'sts:AssumeRole',
    resource: role.arn,
    context,
    identityPolicies: [],
    resourcePolicy: role.trustPolicy,
  });
  if (decision !== 'allowed')
    throw new AwsError('AccessDeniedException', `The role ${role.arn} does not trust ${service}.`);
  return sessions.issue({ role, sessionName });
}
