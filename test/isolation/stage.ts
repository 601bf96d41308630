import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { takesKey } from '../../functions/http/openapi/refusals.ts';
import type { Route } from '../../functions/http/route.ts';
import { routes } from '../../functions/http/routes.ts';
import type { TransformTemplate } from '../../infra/local/assembly/deployment.ts';
import { askingOf } from '../access/ask.ts';
import { foreignCursors } from '../access/foreign.ts';
import { foreignStates } from '../access/states.ts';
import { makeVictim, type Victim } from '../access/victim.ts';
import { type Ids, makeWorld, type World } from '../access/world.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';
import type { Keyed, Prepared } from './attempts.ts';
import { bundleWithout, type ReplaceableLayer } from './bundles.ts';
import type { Configuration } from './layers.ts';

/** The functions that serve signed-in users, and which of their layers have a replacement file. */
const served = [
  { title: 'organization', entry: 'http/organization', layers: ['code', 'guard'] },
  { title: 'support', entry: 'http/support', layers: ['code', 'guard'] },
  { title: 'machines', entry: 'http/machines', layers: ['code', 'guard'] },
  // Its routes are the platform's, so its code handles no organization that could be confused.
  { title: 'admin', entry: 'http/admin', layers: ['guard'] },
] as const;

/** A running product with switchable layers, and an organization to attack. */
export interface Stage {
  readonly product: TestProduct;
  readonly prepared: Prepared;
  readonly victim: Victim;
  /** From now on, only these layers are active. */
  switchTo(configuration: Configuration): Promise<void>;
  /** The log lines that a function wrote for a request, by request id. */
  logged(): Promise<ReadonlyMap<string, string>>;
  stop(): Promise<void>;
}

/** No scheduled run writes while an organization's data is compared. */
const withoutSchedules: TransformTemplate = (template) => ({
  ...template,
  Resources: Object.fromEntries(
    Object.entries(template.Resources).map(([id, resource]) => [
      id,
      resource.Type === 'AWS::Scheduler::Schedule'
        ? { ...resource, Properties: { ...resource.Properties, State: 'DISABLED' } }
        : resource,
    ]),
  ),
});

/** The organization's own admin calls each route that accepts an idempotency key with one. */
async function useKeys(product: TestProduct, { away }: World, ids: Ids): Promise<Map<string, Keyed>> {
  const token = await product.signIn(away.email);
  const { ask, bodyFor } = askingOf(product);
  const used = new Map<string, Keyed>();
  for (const [name, route] of Object.entries<Route>(routes)) {
    if (!takesKey(route) || route.access.kind !== 'organization') continue;
    const [key, body] = [`kept-${name}`, bodyFor(name, route, ids)];
    await ask(name, route, ids, { token, body, headers: { 'idempotency-key': key } });
    used.set(name, { key, body, ids });
  }
  return used;
}

async function logsOf({ stateDirectory }: TestProduct): Promise<Map<string, string>> {
  const texts = await Promise.all(
    served.map(({ title }) => readFile(join(stateDirectory, 'logs', `${title}.log`), 'utf8').catch(() => '')),
  );
  return new Map(
    texts.flatMap((text) =>
      text.split('\n').flatMap((line) => {
        const [, id] = /"requestId":"([^"]+)"/.exec(line) ?? [];
        // Not the metrics line, which contains no reason.
        return id === undefined || line.includes('"_aws"') ? [] : [[id, line] as const];
      }),
    ),
  );
}

/** Starts the product and creates both organizations, with all layers active. */
export async function startStage(): Promise<Stage> {
  let hasIam = true;
  let code = new Map<string, string>();
  const product = await startTestProduct({
    transformTemplate: withoutSchedules,
    codeOf: ({ title }) => code.get(title),
    aroundIam: (authorize) => async (caller, access) => {
      if (hasIam) await authorize(caller, access);
    },
  });
  try {
    const world = await makeWorld(product);
    let keyed: ReadonlyMap<string, Keyed> = new Map();
    const victim = await makeVictim(product, world, {
      more: async (hidden) => {
        keyed = await useKeys(product, world, hidden);
      },
    });
    const [cursors, states] = [await foreignCursors(product, world), await foreignStates(product, world)];
    return {
      product,
      victim,
      prepared: { world, cursors, states, keyed, bodyFor: askingOf(product).bodyFor },
      async switchTo({ on }) {
        const bundles = await Promise.all(
          served.map(async ({ title, entry, layers }) => {
            const off = layers.filter((layer: ReplaceableLayer) => !on.includes(layer));
            return off.length === 0 ? [] : [[title, await bundleWithout(entry, off)] as const];
          }),
        );
        code = new Map(bundles.flat());
        hasIam = on.includes('IAM');
      },
      logged: () => logsOf(product),
      stop: () => product.stop(),
    };
  } catch (error) {
    await product.stop();
    throw error;
  }
}
