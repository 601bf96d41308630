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

/** Only what looks like an id of ours: a path may hold anything, and the trail is read by people. */
const anId = /^(?:platform|[a-z]+_[0-9A-Za-z_]{1,64})$/;

const idsOf = (parameters: ApiRequest['pathParameters']) =>
  Object.fromEntries(
    Object.entries(parameters ?? {}).map(([name, value = '']) => [
      name,
      anId.test(value) ? value : 'not an id',
    ]),
  );

/**
 * Whether an error says that somebody asked for what they may not have; not that there was nothing to have.
 */
const isRefusal = (error: unknown): error is AppError =>
  error instanceof ConcealedRefusal || (error instanceof AppError && error.code === 'forbidden');

/** Whether so many refusals of one kind are worth a line more: the first, the tenth, the hundredth. */
const isWorthALine = (times: number): boolean => /^10*$/.test(String(times));

/** Who asks, in the organization that their token claims. */
export interface AuditedCaller {
  readonly identity: Identity;
  readonly actor: Actor;
  readonly home: OrganizationScope;
  readonly isMember: boolean;
}

type AuditedRequest = Pick<ApiRequest, 'requestId' | 'now' | 'pathParameters'> & Routed;

/**
 * What is one kind of refusal: of a member the same answer on the same route. Whoever isn't one is at the
 * platform's door, whatever they ask for there.
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
  // The platform's function can't tell whose member an outsider is: it writes down what their token says.
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
 * Leaves what changes nothing in the audit trail: that a session began, and that somebody was refused, each
 * in the caller's own organization. Neither holds up a request that succeeds, and whether it could be written
 * changes no answer.
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
    /** Records a member's session if this execution environment sees it for the first time. */
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
     * Records an error that is a refusal, unless it is one with others that this execution environment has
     * seen. Strangers are recorded at the platform's door only.
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
