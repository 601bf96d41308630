import middy from '@middy/core';
import { RateLimiter } from '../../domain/rate-limit/rate-limiter.ts';
import type { SupportStage } from '../../domain/support-access/support-access.schema.ts';
import type { OrganizationScope } from '../../domain/table/scope.ts';
import type { Log } from '../log.ts';
import type { MeasureRequest } from '../metrics.ts';
import type { Forward } from './forward.ts';
import type { Identity } from './identity.ts';
import { problem, represent, settle } from './middleware/answers.ts';
import { authenticate, type Door, findRoute } from './middleware/entrance.ts';
import { measure } from './middleware/measure.ts';
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
  /** In which organization's allowance a caller's requests are counted; undefined when in nobody's. */
  readonly rateLimitScope: (identity: Identity) => OrganizationScope | undefined;
  readonly tenancy: Tenancy;
  /** How the platform's people enter organizations; without it, not without support access. */
  readonly supportStage?: SupportStage;
  readonly resources: Resources;
  /** Passes some callers' requests on to another function; without it none. */
  readonly forward?: Forward;
  /** How a function notes who uses the product; without it nobody is noted. */
  readonly noteActivity?: NoteActivity;
}

/**
 * Every request's way. The shell is middy's: what is sent of an answer, errors as problem details, what steps
 * owe, which route, who are you. Inside, each step takes what the ones before it answered: is there allowance
 * left, which organization and may you, is the input sound; then one handler.
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

/** Reads what the request asks for, and how its handler answers that. */
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

/** Notes activity beside the handler's own work. A note that fails is logged; it fails no request. */
function note(noteActivity: NoteActivity, request: ApiRequest, { ctx, member }: Session, log: Log): void {
  const noted = noteActivity(ctx, member).catch((error: unknown) =>
    log.warn('activity was not noted', { requestId: request.requestId, error }),
  );
  request.settlements.push(() => noted);
}
