import type { Answer } from './http/answer.ts';
import type { ClerkRequest } from './http/clerk-request.ts';

/** One method and path, e.g. `/v1/users/:id`, and what answers it. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  handle(request: ClerkRequest): Answer | Promise<Answer>;
}
