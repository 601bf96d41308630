import { createHmac } from 'node:crypto';
import * as z from 'zod';
import { bodyOf, json, noContent, refuseOtherSites } from './http.ts';
import type { Instance, Route } from './instance.ts';
import { confirmSession } from './sessions.ts';
import type { Delivery, Store } from './store.ts';

const concurrency = 4;
const timeoutMs = 15_000;
const longestRetry = 60_000;
const giveUpAfterMs = 3 * 24 * 60 * 60 * 1000;
/** Earlier failures aren't reported: the product may still be starting. */
const failuresUntilTold = 3;

/** `drop`: they are lost, as in a failure that lasts longer than svix tries. */
type WebhookMode = 'deliver' | 'hold' | 'drop';

interface Options {
  readonly store: Store;
  readonly url: string;
  readonly signingSecret: string;
  readonly mode: WebhookMode;
  /** Milliseconds. */
  readonly firstRetry: number;
  readonly now: () => number;
  onProblem(problem: string): void;
}

/** Delivers queued webhooks at least once and in no particular order, as svix does for Clerk. */
interface Dispatcher {
  readonly mode: () => WebhookMode;
  setMode(mode: WebhookMode): void;
  stop(): Promise<void>;
}

export function startDispatcher(options: Options): Dispatcher {
  const { store } = options;
  let mode = options.mode;
  const stopping = new AbortController();
  const running = new Map<string, Promise<void>>();
  const resting = new Map<string, NodeJS.Timeout>();
  const failures = new Map<string, number>();
  const send = sender(options, stopping.signal);

  const pump = () => {
    if (mode === 'hold' || stopping.signal.aborted) return;
    if (mode === 'drop') return drop();
    for (const delivery of store.state.deliveries) {
      if (running.size >= concurrency) return;
      if (!running.has(delivery.id) && !resting.has(delivery.id)) running.set(delivery.id, run(delivery));
    }
  };
  const drop = () => {
    if (store.state.deliveries.length === 0) return;
    const dropping = store.change((state) => {
      state.deliveries = [];
    });
    dropping.catch(report);
  };
  const run = async (delivery: Delivery) => {
    const failure = await send(delivery);
    if (failure === undefined) await remove(delivery).catch(report);
    else if (!stopping.signal.aborted) await rest(delivery, failure).catch(report);
    running.delete(delivery.id);
    pump();
  };
  const remove = ({ id }: Delivery) => {
    failures.delete(id);
    return store.change((state) => {
      state.deliveries = state.deliveries.filter((other) => other.id !== id);
    });
  };
  const rest = async (delivery: Delivery, failure: string) => {
    const { id, createdAt } = delivery;
    const count = (failures.get(id) ?? 0) + 1;
    failures.set(id, count);
    const given = options.now() - createdAt > giveUpAfterMs;
    if (given || count === failuresUntilTold)
      options.onProblem(
        `A webhook could not be delivered to ${options.url}: ${failure}. ${given ? 'It is given up.' : 'It is sent again until it is taken.'}`,
      );
    if (given) return remove(delivery);
    const wake = () => {
      resting.delete(id);
      pump();
    };
    resting.set(id, setTimeout(wake, Math.min(options.firstRetry * 2 ** (count - 1), longestRetry)));
  };
  const report = (error: unknown) => options.onProblem(`The Clerk stand-in can't keep its state: ${error}`);

  store.watch(pump);
  pump();
  return {
    mode: () => mode,
    setMode(wanted) {
      mode = wanted;
      pump();
    },
    async stop() {
      stopping.abort();
      for (const timer of resting.values()) clearTimeout(timer);
      await Promise.all(running.values());
    },
  };
}

/** One attempt; resolves to why it failed, or undefined. */
const sender =
  ({ url, signingSecret, now }: Options, stopping: AbortSignal) =>
  async ({ id, body }: Delivery): Promise<string | undefined> => {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...signedHeaders(id, body, signingSecret, now()) },
        body,
        signal: AbortSignal.any([stopping, AbortSignal.timeout(timeoutMs)]),
      });
      await response.body?.cancel();
      return response.ok ? undefined : `it answered ${response.status}`;
    } catch (error) {
      return String(error);
    }
  };

/** Headers of a webhook: HMAC-SHA256 of `id.timestamp.body`. Source: svix, verifying webhooks manually. */
function signedHeaders(id: string, body: string, signingSecret: string, now: number) {
  const timestamp = Math.floor(now / 1000).toString();
  const key = Buffer.from(signingSecret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'svix-id': id, 'svix-timestamp': timestamp, 'svix-signature': `v1,${signature}` };
}

const control = z.strictObject({
  webhooks: z.enum(['deliver', 'hold', 'drop']).optional(),
  confirmations: z.literal('old').optional(),
});

const hourMs = 3_600_000;

/**
 * For tests: delays, releases or drops webhooks and counts those waiting; ages every user's last
 * verification by an hour.
 */
export const controlRoutes = ({ origin, store, now }: Instance, dispatcher: Dispatcher): Route[] => [
  {
    method: 'GET',
    path: '/controls',
    handle: () => json({ webhooks: dispatcher.mode(), waiting: store.state.deliveries.length }),
  },
  {
    method: 'POST',
    path: '/controls',
    async handle(request) {
      refuseOtherSites(request, origin);
      const { webhooks, confirmations } = bodyOf(request, control);
      if (webhooks !== undefined) dispatcher.setMode(webhooks);
      if (confirmations !== undefined)
        await store.change(({ sessions, users }) => {
          for (const session of sessions)
            for (const user of users)
              if (user.id === session.userId) confirmSession(session, user, now() - hourMs);
        });
      return noContent();
    },
  },
];
