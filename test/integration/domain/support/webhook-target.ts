import { generateKeyPairSync, sign } from 'node:crypto';
import { Webhook as Receiver } from 'standardwebhooks';
import { vi } from 'vitest';
import { appendEntries } from '../../../../domain/audit/append-entries.ts';
import { notaryOf } from '../../../../domain/audit/checkpoints/notary.ts';
import { takeCheckpoint } from '../../../../domain/audit/checkpoints/take-checkpoint.ts';
import type { Context } from '../../../../domain/context.ts';
import type { ControlPlane } from '../../../../domain/table/scope.ts';
import { deliveriesAfter } from '../../../../domain/webhook/deliveries.ts';
import type { LogObject, OpenBucket } from '../../../../domain/webhook/log-objects.ts';
import { createWebhook, listWebhooks } from '../../../../domain/webhook/manage-webhooks.ts';
import { type RequestTarget, sendWebhooks } from '../../../../domain/webhook/send-webhooks.ts';
import { type Attempt, NewWebhook } from '../../../../domain/webhook/webhook.schema.ts';
import { numberedEntries } from '../../../support/trail-entries.ts';
import { now as founded } from './founding.ts';
import { organizationOf } from './people.ts';

interface Sent {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const notary = notaryOf('https://app.example.com', {
  publicKey: async () => new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)),
  sign: async (text) => new Uint8Array(sign(null, Buffer.from(text), privateKey)),
});
const anchors = { put: async () => undefined, read: async () => '' };

/** An organization with a target that responds as a test specifies, and a clock. */
export async function place(plane: ControlPlane, name: string) {
  const { scope, actor } = await organizationOf(plane, name);
  let now = founded;
  const sent: Sent[] = [];
  const put: LogObject[] = [];
  const checks: boolean[] = [];
  const at = {
    scope,
    sent,
    /** The target's response, by position in the audit log. */
    answer: (_: number): number => 200,
    /** What its bucket has received, in order, and whether the role's trust was checked. */
    ...{ put, checks },
    /** The bucket's response. */
    bucketAnswer: (_: LogObject): Omit<Attempt, 'at'> => ({ status: 200, milliseconds: 1 }),
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
      return sendWebhooks(scope, { request, openBucket, now: () => now, hasTime });
    },
    /** Seals and signs new entries, as the platform does each hour. */
    async checkpoint() {
      for (let run = 0; run < 5; run += 1) {
        // An audit log's first seal waits an hour for entries in flight.
        const time = new Date(now.getTime() + run * 3_600_000);
        if ((await takeCheckpoint(scope, { notary, anchors }, time)).isAll) return;
      }
      throw new Error('the trail was not sealed');
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
  const openBucket = (): OpenBucket => ({
    put: async (object, { checksTrust }) => {
      put.push(object);
      checks.push(checksTrust);
      return at.bucketAnswer(object);
    },
    test: async () => ({ status: 200, milliseconds: 1 }),
  });
  return at;
}

export const sequenceOf = ({ body }: Sent): number => JSON.parse(body).data.sequence;

/** Fails unless a message is signed with a secret at a time. */
export function verify(secret: string, { headers, body }: Sent, at: Date): void {
  vi.useFakeTimers({ toFake: ['Date'], now: at });
  try {
    new Receiver(secret).verify(body, { ...headers });
  } finally {
    vi.useRealTimers();
  }
}
