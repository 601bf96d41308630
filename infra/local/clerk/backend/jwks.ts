import { json } from '../http/answer.ts';
import type { Instance } from '../instance.ts';
import type { Route } from '../route.ts';

/** The public keys that session tokens are checked by (RFC 7517), for everyone and in the Backend API. */
export const keyRoutes = ({ key }: Instance): Route[] =>
  ['/.well-known/jwks.json', '/v1/jwks'].map((path) => ({
    method: 'GET',
    path,
    handle: () => json({ keys: [key.jwk] }),
  }));
