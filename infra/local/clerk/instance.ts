import type { SigningKey } from './keys.ts';
import type { Store } from './store/store.ts';
import type { SignToken } from './tokens.ts';

/** What the routes share. Clerk calls one application's users, keys and settings an instance. */
export interface Instance {
  /** What the browser's address bar shows, e.g. `http://localhost:4000`. */
  readonly origin: string;
  readonly secretKey: string;
  readonly store: Store;
  readonly key: SigningKey;
  readonly signToken: SignToken;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
