import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import * as z from 'zod';
import { close, listen, signingSecret } from './start.ts';

const event = z.object({
  type: z.string(),
  data: z.looseObject({ id: z.string(), public_metadata: z.record(z.string(), z.unknown()).optional() }),
});
interface Received {
  readonly id: string;
  readonly event: z.infer<typeof event>;
}

/**
 * The product's webhook endpoint: responds with the given statuses, then 200, and keeps correctly signed
 * webhooks.
 */
export async function startReceiver(...statuses: number[]) {
  const attempts: Received[] = [];
  const waiting = new Set<() => void>();
  const server = createServer(async (request, response) => {
    const id = String(request.headers['svix-id']);
    const signed = new Webhook(signingSecret).verify(await text(request), {
      'webhook-id': id,
      'webhook-timestamp': String(request.headers['svix-timestamp']),
      'webhook-signature': String(request.headers['svix-signature']),
    });
    attempts.push({ id, event: event.parse(signed) });
    response.writeHead(statuses.shift() ?? 200).end();
    for (const check of waiting) check();
  });
  const url = await listen(server);
  return {
    url,
    attempts,
    /** Resolves after that many webhooks, including refused attempts. */
    received: (count: number) =>
      new Promise<readonly Received[]>((resolve) => {
        const check = () => {
          if (attempts.length < count) return;
          waiting.delete(check);
          resolve(attempts);
        };
        waiting.add(check);
        check();
      }),
    stop: () => close(server),
  };
}
