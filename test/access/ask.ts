import { componentsOf, examplesOf } from '../../functions/http/openapi/components.ts';
import type { Route } from '../../functions/http/route.ts';
import { routes } from '../../functions/http/routes.ts';
import type { Answer, TestProduct } from '../support/product.ts';
import { type Expectation, matrix } from './matrix.ts';
import type { Ids } from './world.ts';

const [components, examples] = [componentsOf(routes), examplesOf(routes)];
const noSuchState = { 'if-match': '"999999"' };

export interface Asking {
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Beside what the matrix asks for. */
  readonly query?: string;
}

/** How a route is asked for as the matrix and the document's examples have it. */
export function askingOf(product: TestProduct) {
  let requests = 0;

  /** A body that a route takes, another one each time. */
  function bodyFor(name: string, route: Route, target: Ids): unknown {
    const { body }: Partial<Expectation> = matrix[name] ?? {};
    const example = Object.entries(components).find(([, schema]) => schema === route.body)?.[0] ?? '';
    requests += 1;
    return body === undefined ? examples[example] : body(target, `unique-${requests}`);
  }

  /**
   * A request that is right in every way, but for the state it is meant for: what it would change stays as it
   * is.
   */
  function ask(name: string, route: Route, target: Ids, asking: Asking = {}): Promise<Answer> {
    const { query: asked }: Partial<Expectation> = matrix[name] ?? {};
    const path = route.path.replaceAll(/\{(\w+)\}/g, (_, id: string) => target[id] ?? `no-${id}`);
    // What is asked for beside replaces what the matrix asks for under the same name.
    const query = new URLSearchParams(asked);
    for (const [key, value] of new URLSearchParams(asking.query)) query.set(key, value);
    const { body = bodyFor(name, route, target) } = asking;
    return product.api(query.size === 0 ? path : `${path}?${query}`, {
      token: asking.token,
      method: route.method,
      headers: asking.headers ?? (route.method === 'GET' || route.method === 'POST' ? {} : noSuchState),
      ...(route.body === undefined ? {} : { body }),
    });
  }

  return { bodyFor, ask };
}

/** What an answer says of the caller's right, in the matrix's letters. */
export function verdictOf({ method }: Route, { status, body }: Answer): string {
  // Who is let in up to here may call it: what is missing isn't theirs to have.
  if (['approval_required', 'reverification_required'].includes(body?.code)) return 'y';
  const refused = { 401: 'u', 403: 'f', 404: 'n' }[status];
  if (refused !== undefined) return refused;
  // Allowed: a reading is answered, and a change finds that the state has moved on, or that something else is
  // in its way.
  const expected = { GET: [200, 409], POST: [200, 201, 202, 204, 400, 409] }[String(method)] ?? [409, 412];
  return expected.includes(status) ? 'y' : `${status} ${JSON.stringify(body)}`;
}
