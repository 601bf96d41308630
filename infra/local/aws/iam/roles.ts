import { AwsError } from '../http/aws-error.ts';
import type { Role } from './role.ts';
import type { Session, Sessions } from './sessions.ts';
import { decide, type Question } from './simulator.ts';

/** The deployment's roles. */
export interface Roles {
  find(arn: string): Role | undefined;
  /**
   * A session for the AWS service that works under a role (`lambda.amazonaws.com`), if the role's trust policy lets the
   * service in. `context` holds the condition keys that the service sets.
   */
  assumeAsService(
    service: string,
    roleArn: string,
    sessionName: string,
    context?: Question['context'],
  ): Promise<Session>;
}

export function createRoles(roles: readonly Role[], account: string, sessions: Sessions): Roles {
  const byArn = new Map(roles.map((role) => [role.arn, role]));
  return {
    find: (arn) => byArn.get(arn),
    async assumeAsService(service, roleArn, sessionName, context = {}) {
      const role = byArn.get(roleArn);
      if (role === undefined) throw new AwsError('NoSuchEntity', `There is no role ${roleArn}.`, 404);
      const decision = await decide({
        principal: service,
        account,
        action: 'sts:AssumeRole',
        resource: roleArn,
        context: { 'aws:SourceAccount': account, ...context },
        identityPolicies: [],
        resourcePolicy: role.trustPolicy,
      });
      if (decision !== 'allowed')
        throw new AwsError('AccessDeniedException', `The role ${roleArn} does not trust ${service}.`);
      return sessions.issue({ role, sessionName });
    },
  };
}
