import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';
import { LocalProblem } from '../problem.ts';
import type { BusEvent } from './event-bridge.ts';
import type { Authorize } from './iam/authorizer.ts';
import type { Roles } from './iam/sessions.ts';
import type { Queues } from './queues.ts';
import type { ApiDestination, AwsResources, EventRule, FunctionOutcome } from './resources.ts';
import { compileFilters } from './streams/filter.ts';

interface EventRulesOptions extends Pick<AwsResources, 'eventRules' | 'apiDestinations'> {
  /** Invokes a function, if its resource policy allows the rule to. */
  readonly invoke: (functionArn: string, event: unknown) => Promise<FunctionOutcome>;
  readonly roles: Roles;
  readonly authorize: Authorize;
  readonly queues: Queues;
  /** Resolves a reference to a secret in a string of the template. */
  readonly resolveSecret: (text: string) => string;
  /** Milliseconds before a delivery is tried again the first time. */
  readonly firstBackOff: number;
  readonly onProblem?: ((message: string) => void) | undefined;
}

/** Gives events to the targets of the rules that they match. */
export interface EventRules {
  take(bus: string, event: BusEvent): void;
  /** Stops retrying: undelivered events go to the dead-letter queues. */
  stop(): Promise<void>;
}

type Target = EventRule['targets'][number];

const longestBackOff = 30_000;
/** Source: EventBridge User Guide, API destinations: a request that takes longer is ended. */
const longestAnswer = 5000;

/** Whether EventBridge retries after this status. Source: EventBridge User Guide, API destinations. */
const isTriedAgain = (status: number) => [401, 407, 409, 429].includes(status) || status >= 500;

/** The part of an event that a target gets: all of it, or a field. */
function inputOf(event: BusEvent, path: string | undefined): unknown {
  if (path === undefined) return event;
  const [, name] = /^\$\.([\w-]+)$/.exec(path) ?? [];
  if (name === undefined) throw new LocalProblem(`The local run has input paths like $.detail, not ${path}.`);
  return z.record(z.string(), z.unknown()).parse(event)[name];
}

/**
 * Rules whose targets are API destinations or functions. Each target gets its events in order, one at a
 * time, with the retries of its policy but shorter waits; IAM decides whether its role may.
 */
export function startEventRules(options: EventRulesOptions): EventRules {
  const { eventRules, apiDestinations, roles, authorize, queues, firstBackOff, onProblem } = options;
  const stopping = new AbortController();
  const rules = eventRules.map((rule) => ({ ...rule, matches: compileFilters([rule.pattern]) }));
  const lines = new Map<Target, Promise<void>>();

  const headersOf = (headers: ApiDestination['headers']): Record<string, string> => ({
    'user-agent': 'Amazon/EventBridge/ApiDestinations',
    ...Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, options.resolveSecret(text)])),
  });

  /** Undefined on success; otherwise the error and whether to retry. */
  async function send(
    target: Target,
    body: unknown,
  ): Promise<{ problem: string; again: boolean } | undefined> {
    if (target.arn.includes(':function:')) {
      const outcome = await options.invoke(target.arn, body);
      return outcome.ok ? undefined : { problem: outcome.error.errorMessage, again: true };
    }
    const destination = apiDestinations.find(({ arn }) => arn === target.arn);
    if (destination === undefined || target.roleArn === undefined)
      throw new LocalProblem(`A rule's target is neither a function nor an API destination: ${target.arn}`);
    const caller = await roles.assumeAsService('events.amazonaws.com', target.roleArn, 'rule');
    await authorize(caller, { action: 'events:InvokeApiDestination', resource: destination.policyArn });
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(longestAnswer)]);
    const { method, url } = destination;
    try {
      const request = { method, headers: headersOf(destination.headers), body: JSON.stringify(body) };
      const { ok, status } = await fetch(url, { ...request, signal, redirect: 'manual' });
      return ok ? undefined : { problem: `It answered ${status}.`, again: isTriedAgain(status) };
    } catch (error) {
      if (error instanceof LocalProblem) throw error;
      return { problem: error instanceof Error ? `${error.message} ${error.cause ?? ''}` : '', again: true };
    }
  }

  async function deliver(target: Target, event: BusEvent): Promise<void> {
    const body = inputOf(event, target.inputPath);
    let problem = '';
    for (let attempt = 0; attempt <= target.maximumRetryAttempts; attempt += 1) {
      if (stopping.signal.aborted) break;
      const failed = await send(target, body);
      if (failed === undefined) return;
      problem = failed.problem;
      if (!failed.again) break;
      const wait = Math.min(firstBackOff * 2 ** attempt, longestBackOff);
      await setTimeout(wait, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
    onProblem?.(`${event['detail-type']} was not delivered: ${problem}`);
    if (target.deadLetterArn !== undefined) queues.send(target.deadLetterArn, { body: event, problem });
  }

  return {
    take(bus, event) {
      for (const { targets } of rules.filter((rule) => rule.bus === bus && rule.matches(event)))
        for (const target of targets) {
          const before = lines.get(target) ?? Promise.resolve();
          const next = before
            .then(() => deliver(target, event))
            .catch((error: unknown) => onProblem?.(String(error)));
          lines.set(target, next);
        }
    },
    async stop() {
      stopping.abort();
      await Promise.all(lines.values());
    },
  };
}
