import { Webhook as Receiver } from 'standardwebhooks';
import { vi } from 'vitest';
import { appendEntries } from '../../../../domain/audit/append-entries.ts';
import type { Context } from '../../../../domain/context.ts';
import type { ControlPlane } from '../../../../domain/table/scope.ts';
import { deliveriesAfter } from '../../../../domain/webhook/deliveries.ts';
import { createWebhook, listWebhooks } from '../../../../domain/webhook/manage-webhooks.ts';
import { type RequestTarget, sendWebhooks } from '../../../../domain/webhook/send-webhooks.ts';
import { NewWebhook } from '../../../../domain/webhook/webhook.schema.ts';
import { numberedEntries } from '../../../support/trail-entries.ts';
import { now as founded } from './founding.ts';
import { organizationOf } from './people.ts';

interface Sent {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An organization with a target that answers what a test says, and a clock. */
export async function place(plane: ControlPlane, name: string) {
  const { scope, actor } = await organizationOf(plane, name);
  let now = founded;
  const sent: Sent[] = [];
  const at = {
    scope,
    sent,
    /** What the target answers, by the place in the trail. */
    answer: (_: number): number => 200,
    ctx: (): Context => ({ scope, actor, now }),
    pass: (milliseconds: number) => {
      now = new Date(now.getTime() + milliseconds);
    },
    send: (hasTime = () => true) => {
      const request: RequestTarget = async (url, given) => {
        const one = { url, ...given };
        sent.push(one);
        return { status: at.answer(sequenceOf(one)), milliseconds: 1 };
      };
      return sendWebhooks(scope, { request, now: () => now, hasTime });
    },
    happen: (from: number, count: number) =>
      appendEntries(scope, numberedEntries(scope.organizationId, count, { from })),
    create: (input: object = {}) =>
      createWebhook(at.ctx(), {
        input: NewWebhook.parse({ name: 'Hook', url: 'https://hooks.example.com/in', ...input }),
        isLocal: false,
      }),
    log: async () => {
      const [one] = await listWebhooks(scope);
      return one === undefined
        ? []
        : await deliveriesAfter(scope, one.id, { position: undefined, limit: 100 });
    },
    now: () => now,
  };
  return at;
}

export const sequenceOf = ({ body }: Sent): number => JSON.parse(body).data.sequence;

/** Fails unless a message is signed by a secret, at a time. */
export function verify(secret: string, { headers, body }: Sent, at: Date): void {
  vi.useFakeTimers({ toFake: ['Date'], now: at });
  try {
    new Receiver(secret).verify(body, { ...headers });
  } finally {
    vi.useRealTimers();
  }
}
