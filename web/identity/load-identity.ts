import * as z from 'zod/mini';
import type { Identity } from './identity.ts';
import { standIn } from './stand-in.tsx';

/** The site's runtime configuration: one build serves every stage. */
const configuration = z.object({
  identity: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('stand-in'), url: z.string() }),
    z.object({ kind: z.literal('clerk'), publishableKey: z.string() }),
  ]),
});

/** The way to sign in that this deployment is configured for. Clerk's client is loaded only where it is used. */
export async function loadIdentity(): Promise<Identity> {
  const response = await fetch('/config.json');
  const { identity } = configuration.parse(await response.json());
  if (identity.kind === 'stand-in') return standIn(identity.url);
  const { clerk } = await import('./clerk.tsx');
  return clerk(identity.publishableKey);
}
