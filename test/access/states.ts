import type { Route } from '../../functions/http/route.ts';
import { routes } from '../../functions/http/routes.ts';
import type { TestProduct } from '../support/product.ts';
import { askingOf } from './ask.ts';
import type { World } from './world.ts';

const rows = Object.entries<Route>(routes);
const isChange = ({ method }: Route) => method === 'PUT' || method === 'PATCH' || method === 'DELETE';

/** The current state of a path's resource in one of the world's organizations, as its admin reads it. */
export async function stateOf(
  product: TestProduct,
  world: World,
  { whose, path }: { readonly whose: 'own' | 'foreign'; readonly path: string },
): Promise<string> {
  const [name, route] = rows.find(([, row]) => row.method === 'GET' && row.path === path) ?? [];
  if (name === undefined || route === undefined) return '"1"';
  const admin = whose === 'own' ? world.home : world.away;
  const token = await product.signIn(admin.email);
  const { headers } = await askingOf(product).ask(name, route, world[whose], { token });
  return headers.get('etag') ?? '"1"';
}

/** The states of all resources of the other organization that routes can change, by path. */
export async function foreignStates(product: TestProduct, world: World): Promise<Map<string, string>> {
  const states = new Map<string, string>();
  for (const [, route] of rows)
    if (isChange(route) && route.access.kind === 'organization' && !states.has(route.path))
      states.set(route.path, await stateOf(product, world, { whose: 'foreign', path: route.path }));
  return states;
}
