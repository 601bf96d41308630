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
  /** In addition to the matrix's query. */
  readonly query?: string;
}

/** Builds requests for routes from the matrix and from the document's examples. */
export function askingOf(product: TestProduct) {
  let requests = 0;

  /** A valid body for a route, different each time. */
  function bodyFor(name: string, route: Route, target: Ids): unknown {
    const { body }: Partial<Expectation> = matrix[name] ?? {};
    const example = Object.entries(components).find(([, schema]) => schema === route.body)?.[0] ?? '';
    requests += 1;
    return body === undefined ? examples[example] : body(target, `unique-${requests}`);
  }

  /** A request that is valid except for its `If-Match`, so that nothing is changed. */
  function ask(name: string, route: Route, target: Ids, asking: Asking = {}): Promise<Answer> {
    const { query: asked }: Partial<Expectation> = matrix[name] ?? {};
    const path = route.path.replaceAll(/\{(\w+)\}/g, (_, id: string) => target[id] ?? `no-${id}`);
    // These parameters override those of the matrix with the same name.
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

/** What a response means for the caller's rights, in the matrix's letters. */
export function verdictOf({ method }: Route, { status, body }: Answer): string {
  // A caller who gets this far is allowed; only an additional confirmation is missing.
  if (['approval_required', 'reverification_required'].includes(body?.code)) return 'y';
  const refused = { 401: 'u', 403: 'f', 404: 'n' }[status];
  if (refused !== undefined) return refused;
  // Allowed: a read succeeds, and a change fails because of a stale state or another conflict.
  const expected = { GET: [200, 409], POST: [200, 201, 202, 204, 400, 409] }[String(method)] ?? [409, 412];
  return expected.includes(status) ? 'y' : `${status} ${JSON.stringify(body)}`;
}
