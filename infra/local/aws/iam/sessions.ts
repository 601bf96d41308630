import { randomBytes } from 'node:crypto';
import { AwsError } from '../http/aws-error.ts';
import type { AwsRequest } from '../http/aws-request.ts';
import { assertJudgeable } from './judgeable.ts';
import type { Role } from './role.ts';

/** Who holds an access key: a role under a session name, with the session's tags. */
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
  /** Absent: lasts as long as this run, as Lambda renews a function's own credentials. */
  readonly seconds?: number;
}

export interface Sessions {
  issue(request: SessionRequest): Session;
  /** The holder of a request's key, or the refusal AWS gives. */
  find(request: Pick<AwsRequest, 'accessKeyId' | 'sessionToken'>): Session;
}

/** How long an expired key is still known as expired, not as unknown. */
const remembered = 3_600_000;

export function createSessions(now: () => number = Date.now): Sessions {
  const sessions = new Map<string, Session>();
  const forgetOld = () => {
    for (const [key, { expiresAt }] of sessions) if (expiresAt + remembered < now()) sessions.delete(key);
  };
  return {
    issue({ role, sessionName, tags = {}, seconds }) {
      assertJudgeable(role);
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
