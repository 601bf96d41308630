import { createHmac } from 'node:crypto';

/** Headers of a webhook: HMAC-SHA256 of `id.timestamp.body`. Source: svix, verifying webhooks manually. */
export function signedHeaders(id: string, body: string, signingSecret: string, now: number) {
  const timestamp = Math.floor(now / 1000).toString();
  const key = Buffer.from(signingSecret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'svix-id': id, 'svix-timestamp': timestamp, 'svix-signature': `v1,${signature}` };
}
