import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import QuickLRU from 'quick-lru';
import { AppError } from '../../../domain/errors.ts';
import { PLATFORM } from '../../../domain/ids.ts';
import type { OrganizationScope } from '../../../domain/table/scope.ts';
import type { Log } from '../../log.ts';
import { type Exchange, exchangeOf, required } from '../exchange.ts';
import type { ShareOf } from './count-request.ts';
import type { HttpMiddleware } from './find-route.ts';

// Loaded for the first request of a session and for refusals.
const service = () => import('../../../domain/audit/access-event.service.ts');

/** Longer than a write takes, shorter than a caller should wait for a refusal. */
const patienceMs = 1500;

/** Only what looks like an id of ours: a path may hold anything, and the trail is read by people. */
const anId = /^(?:platform|[a-z]+_[0-9A-Za-z_]{1,64})$/;

const idsOf = (parameters: APIGatewayProxyEventV2['pathParameters']) =>
  Object.fromEntries(
    Object.entries(parameters ?? {}).map(([name, value = '']) => [
      name,
      anId.test(value) ? value : 'not an id',
    ]),
  );

/**
 * Whether an error says that somebody asked for what they may not have; not that there was nothing to have.
 */
const isRefusal = (error: unknown, { concealed }: Exchange): error is AppError =>
  error instanceof AppError &&
  (error.code === 'forbidden' || (error.code === 'not_found' && concealed === true));

/** Whether so many refusals of one kind are worth a line more: the first, the tenth, the hundredth. */
const isWorthALine = (times: number): boolean => /^10*$/.test(String(times));

/**
 * What is one kind of refusal: of a member the same answer on the same route. Whoever isn't one is at the
 * platform's door, whatever they ask for there.
 */
const kindOf = ({ member, name }: Exchange, { code }: AppError): string =>
  member === undefined ? 'outsider' : `${name}#${code}`;

async function recordRefusal(
  event: APIGatewayProxyEventV2,
  exchange: Exchange,
  home: OrganizationScope,
  error: AppError,
  times: number,
): Promise<void> {
  const { code } = error;
  const { member, identity, name, now } = exchange;
  // The platform's function can't tell whose member an outsider is: it writes down what their token says.
  const claimed = member === undefined ? identity?.organizationId : undefined;
  const { method, path, access } = required(exchange.route, 'route');
  const actor = required(exchange.actor, 'actor');
  await (await service()).recordRefusal(
    home,
    member === undefined ? { ...actor, role: 'outsider' } : actor,
    {
      route: required(name, 'name'),
      kind: kindOf(exchange, error),
      times,
      access: {
        route: `${method} ${path}`,
        ...('action' in access ? { asked: `${access.action} ${access.subject}` } : {}),
        path: idsOf(event.pathParameters),
        code,
        ...(claimed === undefined ? {} : { organizationId: claimed }),
      },
    },
    now,
  );
}

/**
 * Leaves what changes nothing in the audit trail: that a session began, and that somebody was refused, each
 * in the caller's own organization. Neither holds up a request that succeeds, and whether it could be written
 * changes no answer.
 */
export const auditAccess = (log: Log, homeOf: ShareOf): HttpMiddleware => {
  const sessions = new QuickLRU<string, true>({ maxSize: 5000 });
  const refusals = new QuickLRU<string, number>({ maxSize: 5000 });

  const attempt = (what: string, { requestId }: Exchange, writing: Promise<void>): Promise<void> => {
    const written = writing.catch((error: unknown) =>
      log.error(`${what} was not recorded`, {
        requestId,
        error: error instanceof Error ? error : String(error),
      }),
    );
    return Promise.race([written, new Promise<void>((resolve) => setTimeout(resolve, patienceMs).unref())]);
  };

  /** Begins to record the caller's session if this execution environment sees it for the first time. */
  const recordSession = (exchange: Exchange): void => {
    const { identity, member, actor, now } = exchange;
    const home = identity && homeOf(identity);
    if (identity === undefined || home === undefined || member === undefined || actor === undefined) return;
    const { sessionId } = identity;
    if (sessions.has(sessionId)) return;
    sessions.set(sessionId, true);
    const writing = service().then((loaded) => loaded.recordSession(home, actor, sessionId, now));
    writing.catch(() => sessions.delete(sessionId));
    exchange.recording = attempt('a session', exchange, writing);
  };

  /** Records a refusal, unless it is one with others that this execution environment has seen. */
  const refuse = async (
    event: APIGatewayProxyEventV2,
    exchange: Exchange,
    home: OrganizationScope,
    error: AppError,
  ): Promise<void> => {
    const hour = exchange.now.toISOString().slice(0, 13);
    const key = `${exchange.actor?.by} ${hour} ${kindOf(exchange, error)}`;
    const times = (refusals.get(key) ?? 0) + 1;
    refusals.set(key, times);
    if (!isWorthALine(times)) return;
    const writing = recordRefusal(event, exchange, home, error, times);
    writing.catch(() => refusals.set(key, times - 1));
    await attempt('a refusal', exchange, writing);
  };

  return {
    before: ({ event }) => recordSession(exchangeOf(event)),
    after: ({ event }) => exchangeOf(event).recording,
    onError: async ({ event, error }) => {
      const exchange = exchangeOf(event);
      const { identity, member } = exchange;
      const home = identity && homeOf(identity);
      if (exchange.recording === undefined) recordSession(exchange);
      const refused =
        home !== undefined &&
        isRefusal(error, exchange) &&
        (member !== undefined || home.organizationId === PLATFORM);
      await Promise.all([exchange.recording, refused ? refuse(event, exchange, home, error) : undefined]);
    },
  };
};
