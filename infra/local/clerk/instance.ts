import type { SentMail } from '../aws/ses.ts';
import type { Answer, ClerkRequest } from './http.ts';
import type { Store } from './store.ts';
import type { SigningKey, SignToken } from './tokens.ts';

/** Shared by the routes. Clerk calls one application's users, keys and settings an instance. */
export interface Instance {
  /** What the browser's address bar shows, e.g. `http://localhost:4000`. */
  readonly origin: string;
  readonly secretKey: string;
  readonly store: Store;
  readonly key: SigningKey;
  readonly signToken: SignToken;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** What SES has sent, newest first: the outbox shows it too. */
  readonly sentMails: () => readonly SentMail[];
}

/** A method and path, e.g. `/v1/users/:id`, and its handler. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  handle(request: ClerkRequest): Answer | Promise<Answer>;
}
