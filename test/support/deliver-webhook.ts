import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Answer, TestProduct } from './product.ts';

const secretFile = z.object({ webhook: z.object({ value: z.string() }) });

export interface Delivery {
  readonly id?: string;
  /** Seconds since 1970. */
  readonly at?: number;
  readonly signed?: boolean;
  /** The signed text, if it differs. */
  readonly signedBody?: string;
}

/** Sends a webhook as Clerk does, or as an attacker would. */
export function deliverWebhook(
  product: TestProduct,
  body: string,
  { id = 'msg_1', at = Math.floor(Date.now() / 1000), signed = true, signedBody = body }: Delivery = {},
): Promise<Answer> {
  const file = join(product.stateDirectory, 'clerk-secrets.json');
  const { webhook } = secretFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  const signature = createHmac('sha256', webhook.value).update(`${id}.${at}.${signedBody}`).digest('base64');
  return product.api('/api/webhooks/clerk', {
    method: 'POST',
    body,
    headers: signed
      ? { 'svix-id': id, 'svix-timestamp': String(at), 'svix-signature': `v1,${signature}` }
      : {},
  });
}
