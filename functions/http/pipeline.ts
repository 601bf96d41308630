import middy from '@middy/core';
import { RateLimiter } from '../../domain/rate-limit/rate-limiter.ts';
import type { SupportStage } from '../../domain/support-access/support-access.schema.ts';
import type { OrganizationScope } from '../../domain/table/scope.ts';
import type { Log } from '../log.ts';
import type { MeasureRequest } from '../metrics.ts';
import type { Forward } from './forward.ts';
import type { Identity } from './identity.ts';
import { measure, problem, represent, settle } from './middleware/answers.ts';
import { authenticate, type Door, findRoute } from './middleware/entrance.ts';
import type { ApiAnswer, ApiEvent, ApiRequest, Authenticated } from './request.ts';
import type { KnownToHandler, Resources, Routed } from './resource.ts';
import { answerOf, answerOnce, inTurn } from './steps/answer.ts';
import { accessAudit } from './steps/audit-access.ts';
import { type Decision, decide } from './steps/authorize.ts';
import { requestCounter } from './steps/count-request.ts';
import type { NoteActivity } from './steps/note-activity.ts';
import { openSession, type Session, type Tenancy } from './steps/open-session.ts';
import { readInput, readRevisions } from './steps/read-input.ts';
import { organizationVisits } from './steps/visit-organization.ts';

interface Dependencies extends Door {
  readonly log: Log;
  readonly measure: MeasureRequest;
  /** The organization whose rate limit a caller's requests count against; undefined if none. */
  readonly rateLimitScope: (identity: Identity) => OrganizationScope | undefined;
  readonly tenancy: Tenancy;
  /** The stage's policy for support access; without it, visitors need support access. */
  readonly supportStage?: SupportStage;
  readonly resources: Resources;
  /** Forwards some callers' requests to another function. */
  readonly forward?: Forward;
  /** Records who uses the product. */
  readonly noteActivity?: NoteActivity;
}

/**
 * The way of every request. The outer shell is middy: response headers, errors as problem details,
 * settlements, route, authentication. Inside are typed steps, each using the results of those before it:
 * rate limit, organization and authorization, input, then one handler.
 */
export const pipeline = (dependencies: Dependencies) =>
  middy<ApiEvent, ApiAnswer>()
    .use(measure(dependencies.measure))
    .use(represent())
    .use(problem(dependencies.log))
    .use(settle())
    .use(findRoute(dependencies.resources))
    .use(authenticate(dependencies))
    .handler<ApiEvent, ApiAnswer>(stepsOf(dependencies));

function stepsOf(dependencies: Dependencies) {
  const { log, rateLimitScope, tenancy, supportStage, noteActivity, forward } = dependencies;
  const count = requestCounter(new RateLimiter());
  const audit = accessAudit(log);
  const visit = supportStage === 'open' ? undefined : organizationVisits();

  return async (request: ApiRequest & Routed & Authenticated): Promise<ApiAnswer> => {
    const { requestId, now, entry, matched } = request;
    if ('passOn' in entry) {
      request.seen.isForwarded = true;
      return await entry.passOn();
    }
    if (entry.caller === null) return await received(request).answer({ requestId, now });
    const { caller, access } = entry;
    const elsewhere = await forward?.(caller.identity, request);
    if (elsewhere !== undefined) {
      request.seen.isForwarded = true;
      return elsewhere;
    }
    const home = rateLimitScope(caller.identity);
    const { isSafetyAct } = matched.route;
    const admit = count(request, { identity: caller.identity, home, isSafetyAct });
    if (access.kind === 'identity') return await received(request).answer({ caller, now, admit });
    const session = await openSession(tenancy, audit, request, { caller, access, home, admit, visit });
    request.seen.tier = session.organization?.subscription.plan ?? 'platform';
    if (noteActivity !== undefined) note(noteActivity, request, session, log);
    const { input, answer } = received(request);
    const { requireAsked, ...decision } = decide(session, access, input.body);
    return await answerOnce(request, session, input, log, async () => {
      const done = await answer(callOf(session, decision));
      requireAsked();
      await session.recordRead?.();
      return done;
    });
  };
}

/** Parses the request and returns how its handler responds to it. */
function received(request: ApiRequest & Routed) {
  const { route, handle } = request.matched;
  const revisions = readRevisions(route, request);
  const input = readInput(route, request);
  const answer = (known: KnownToHandler): Promise<ApiAnswer> =>
    inTurn(revisions, async (revision) =>
      answerOf(route, await handle({ ...input, ...known, revision, event: request })),
    );
  return { input, answer };
}

const callOf = ({ ctx, organization, member, ability }: Session, decision: Decision): KnownToHandler =>
  organization === null ? { ctx } : { ctx, organization, member, ability, ...decision };

/** Records activity in parallel to the handler. A failure is logged and doesn't fail the request. */
function note(noteActivity: NoteActivity, request: ApiRequest, { ctx, member }: Session, log: Log): void {
  const noted = noteActivity(ctx, member).catch((error: unknown) =>
    log.warn('activity was not noted', { requestId: request.requestId, error }),
  );
  request.settlements.push(() => noted);
}
