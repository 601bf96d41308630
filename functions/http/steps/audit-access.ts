import QuickLRU from 'quick-lru';
import type { Actor } from '../../../domain/actor.ts';
import { AppError } from '../../../domain/errors.ts';
import { PLATFORM } from '../../../domain/ids.ts';
import type { OrganizationScope } from '../../../domain/table/scope.ts';
import type { Log } from '../../log.ts';
import type { Identity } from '../identity.ts';
import type { ApiRequest } from '../request.ts';
import type { Routed } from '../resource.ts';
import { ConcealedRefusal } from './authorize.ts';

// Loaded for the first request of a session and for refusals.
const service = () => import('../../../domain/audit/record-access.ts');

/** Longer than a write takes, shorter than a caller should wait for a refusal. */
const patienceMs = 1500;

/** Only well-formed ids: a path may contain anything, and people read the audit log. */
const anId = /^(?:platform|[a-z]+_[0-9A-Za-z_]{1,64})$/;

const idsOf = (parameters: ApiRequest['pathParameters']) =>
  Object.fromEntries(
    Object.entries(parameters ?? {}).map(([name, value = '']) => [
      name,
      anId.test(value) ? value : 'not an id',
    ]),
  );

/**
 * Whether an error means that a caller requested what they may not have, rather than something that doesn't
 * exist.
 */
const isRefusal = (error: unknown): error is AppError =>
  error instanceof ConcealedRefusal || (error instanceof AppError && error.code === 'forbidden');

/** Whether this many refusals of one kind deserve another log line: the 1st, 10th, 100th. */
const isWorthALine = (times: number): boolean => /^10*$/.test(String(times));

/** The caller, in the organization claimed by their token. */
export interface AuditedCaller {
  readonly identity: Identity;
  readonly actor: Actor;
  readonly home: OrganizationScope;
  readonly isMember: boolean;
}

type AuditedRequest = Pick<ApiRequest, 'requestId' | 'now' | 'pathParameters'> & Routed;

/**
 * Groups refusals: for members by code and route; callers who aren't members are grouped together, whatever
 * they request.
 */
const kindOf = ({ isMember }: AuditedCaller, { matched }: AuditedRequest, { code }: AppError): string =>
  isMember ? `${matched.name}#${code}` : 'outsider';

async function writeRefusal(
  caller: AuditedCaller,
  request: AuditedRequest,
  error: AppError,
  times: number,
): Promise<void> {
  const { identity, actor, home, isMember } = caller;
  const { name, route } = request.matched;
  const { method, path, access } = route;
  // The platform's function can't look up a stranger's membership, so it records what their token claims.
  const claimed = isMember ? undefined : identity.organizationId;
  const { recordRefusal } = await service();
  const author = isMember ? actor : ({ ...actor, role: 'outsider' } as const);
  await recordRefusal(
    { scope: home, actor: author, now: request.now },
    {
      route: name,
      kind: kindOf(caller, request, error),
      times,
      access: {
        route: `${method} ${path}`,
        ...('action' in access ? { asked: `${access.action} ${access.subject}` } : {}),
        path: idsOf(request.pathParameters),
        code: error.code,
        ...(claimed === undefined ? {} : { organizationId: claimed }),
      },
    },
  );
}

/** See `accessAudit`. */
export type AccessAudit = ReturnType<typeof accessAudit>;

/**
 * Records what changes nothing in the audit log: that a session began, and that a caller was refused, each
 * in the caller's own organization. Successful requests don't wait for it, and a failure to record doesn't
 * change the response.
 */
export function accessAudit(log: Log) {
  const sessions = new QuickLRU<string, true>({ maxSize: 5000 });
  const refusals = new QuickLRU<string, number>({ maxSize: 5000 });

  const attempt = (what: string, requestId: string, writing: Promise<void>): Promise<void> => {
    const written = writing.catch((error: unknown) =>
      log.error(`${what} was not recorded`, {
        requestId,
        error: error instanceof Error ? error : String(error),
      }),
    );
    return Promise.race([written, new Promise<void>((resolve) => setTimeout(resolve, patienceMs).unref())]);
  };

  return {
    /** Records a member's session when this execution environment first sees it. */
    recordSession(
      { identity: { sessionId }, actor, home }: AuditedCaller,
      { requestId, now }: AuditedRequest,
    ): Promise<void> | undefined {
      if (sessions.has(sessionId)) return undefined;
      sessions.set(sessionId, true);
      const writing = service().then(({ recordSession }) =>
        recordSession({ scope: home, actor, now }, sessionId),
      );
      writing.catch(() => sessions.delete(sessionId));
      return attempt('a session', requestId, writing);
    },

    /**
     * Records an error if it is a refusal, unless this execution environment has recorded the same kind
     * before. Strangers are only recorded by the platform's function.
     */
    async recordRefusal(caller: AuditedCaller, request: AuditedRequest, error: unknown): Promise<void> {
      if (!isRefusal(error) || !(caller.isMember || caller.home.organizationId === PLATFORM)) return;
      const hour = request.now.toISOString().slice(0, 13);
      const key = `${caller.actor.by} ${hour} ${kindOf(caller, request, error)}`;
      const times = (refusals.get(key) ?? 0) + 1;
      refusals.set(key, times);
      if (!isWorthALine(times)) return;
      const writing = writeRefusal(caller, request, error, times);
      writing.catch(() => refusals.set(key, times - 1));
      await attempt('a refusal', request.requestId, writing);
    },
  };
}
