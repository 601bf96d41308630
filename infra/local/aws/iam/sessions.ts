import { randomBytes } from 'node:crypto';
import { AwsError } from '../http/messages.ts';
import type { Role } from '../resources.ts';
import { assertKnownConditions, decide, type Question } from './simulator.ts';

/** The holder of an access key: a role session with its tags. */
export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly role: Role;
  /** `arn:aws:sts::<account>:assumed-role/<role>/<session name>`: how AWS names the caller. */
  readonly arn: string;
  /** `<role id>:<session name>`. */
  readonly userId: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

interface SessionRequest {
  readonly role: Role;
  readonly sessionName: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Absent: never expires, because Lambda renews a function's own credentials. */
  readonly seconds?: number;
}

export interface Sessions {
  issue(request: SessionRequest): Session;
  /**
   * The session of an access key.
   * @throws AwsError as AWS refuses the key
   */
  find(key: { readonly accessKeyId: string; readonly sessionToken: string | undefined }): Session;
}

/** Milliseconds for which an expired key is still reported as expired, not as unknown. */
const remembered = 3_600_000;

export function createSessions(now: () => number = Date.now): Sessions {
  const sessions = new Map<string, Session>();
  const forgetOld = () => {
    for (const [key, { expiresAt }] of sessions) if (expiresAt + remembered < now()) sessions.delete(key);
  };
  return {
    issue({ role, sessionName, tags = {}, seconds }) {
      assertKnownConditions(role);
      forgetOld();
      const session: Session = {
        // ASIA: AWS's prefix of temporary keys.
        accessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
        secretAccessKey: randomBytes(30).toString('base64'),
        sessionToken: randomBytes(48).toString('base64'),
        role,
        arn: `${role.arn.replace(':iam:', ':sts:').replace(/:role\/(?:.*\/)?/, ':assumed-role/')}/${sessionName}`,
        userId: `${role.id}:${sessionName}`,
        tags: { ...role.tags, ...tags },
        expiresAt: seconds === undefined ? Number.POSITIVE_INFINITY : now() + seconds * 1000,
      };
      sessions.set(session.accessKeyId, session);
      return session;
    },
    find({ accessKeyId, sessionToken }) {
      const session = sessions.get(accessKeyId);
      if (session === undefined || session.sessionToken !== sessionToken)
        throw new AwsError(
          'UnrecognizedClientException',
          'The security token included in the request is invalid.',
        );
      if (session.expiresAt <= now())
        throw new AwsError('ExpiredTokenException', 'The security token included in the request is expired');
      return session;
    },
  };
}

export interface Roles {
  find(arn: string): Role | undefined;
  /**
   * A role session for an AWS service (`lambda.amazonaws.com`), if the role's trust policy allows it.
   * `context` holds the condition keys that the service sets.
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
