import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';

/** The product's URL, and the users: a token for each request, or none. */
export interface Journey {
  readonly origin: string;
  readonly token?: (() => Promise<string>) | undefined;
  /** Called with each successful step. */
  readonly say?: (step: string) => void;
  /** How long an entry may take to appear in the audit log. Milliseconds. */
  readonly patience?: number;
}

/** Names the failed step of the journey, and the reason. */
export class JourneyFailed extends Error {
  override readonly name = 'JourneyFailed';
}

interface Ask {
  readonly method?: string;
  readonly body?: object;
  readonly revision?: number;
  /** Without a token. */
  readonly asNobody?: boolean;
}

const Id = z.looseObject({ id: z.string(), revision: z.number() });
const Me = z.looseObject({ user: z.looseObject({ organizationId: z.string(), userId: z.string() }) });
const Entries = z.looseObject({
  items: z.array(z.looseObject({ action: z.string(), resource: z.string() })),
});
const none = z.unknown();

/** Calls the API, and fails unless the response is as expected. */
function asking({ origin, token }: Journey) {
  return async <Schema extends z.ZodType>(
    path: string,
    status: number,
    schema: Schema,
    { method = 'GET', body, revision, asNobody = false }: Ask = {},
  ): Promise<z.output<Schema>> => {
    const response = await fetch(`${origin}${path}`, {
      method,
      headers: {
        accept: 'application/json',
        ...(token === undefined || asNobody ? {} : { authorization: `Bearer ${await token()}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(revision === undefined ? {} : { 'if-match': `"${revision}"` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    const told = `${method} ${path} answered ${response.status}: ${text.slice(0, 300)}`;
    if (response.status !== status) throw new Error(`${told} (expected ${status})`);
    const isJson = /json(;|$)/.test(response.headers.get('content-type') ?? '');
    const parsed = schema.safeParse(isJson ? JSON.parse(text) : text);
    if (!parsed.success) throw new Error(`${told} (${z.prettifyError(parsed.error)})`);
    return parsed.data;
  };
}

/** Runs a step, and reports it. */
async function step<Value>(journey: Journey, title: string, work: () => Promise<Value>): Promise<Value> {
  try {
    const value = await work();
    journey.say?.(title);
    return value;
  } catch (error) {
    const reason = error instanceof Error ? (error.cause ?? error) : error;
    throw new JourneyFailed(`${title}: ${reason instanceof Error ? reason.message : String(reason)}`);
  }
}

/**
 * The main path of every user, against a running product: pages open, strangers are refused, an admin
 * creates a team and a KPI, checks in, and the audit log shows it. Removes what it created.
 * @throws JourneyFailed at the first step that fails
 */
export async function travel(journey: Journey): Promise<void> {
  const ask = asking(journey);
  await step(journey, 'the app opens, at every address', async () => {
    for (const path of ['/', '/teams']) {
      const response = await fetch(`${journey.origin}${path}`, { signal: AbortSignal.timeout(30_000) });
      const text = await response.text();
      if (response.status !== 200 || !/<div id="root"/.test(text))
        throw new Error(`GET ${path} answered ${response.status}, not the app`);
      if (!response.headers.get('content-security-policy')?.includes("default-src 'none'"))
        throw new Error(`GET ${path} has no strict content security policy`);
    }
  });
  await step(journey, 'the API is healthy', () => ask('/api/health', 200, none));
  await step(journey, 'strangers see nothing', async () => {
    await ask('/api/me', 401, none, { asNobody: true });
    await ask('/api/admin/organizations', 401, none, { asNobody: true });
    await ask('/api/nowhere', 404, none, { asNobody: true });
  });
  if (journey.token !== undefined) await asMember(journey, ask);
}

async function asMember(journey: Journey, ask: ReturnType<typeof asking>): Promise<void> {
  const { user } = await step(journey, 'an admin signs in', () => ask('/api/me', 200, Me));
  const home = `/api/organizations/${user.organizationId}`;
  const name = `Smoke test ${new Date().toISOString()}`;
  const made: { path: string; revision: number }[] = [];
  try {
    const team = await step(journey, 'a team is made', () =>
      ask(`${home}/teams`, 201, Id, { method: 'POST', body: { name } }),
    );
    made.push({ path: `${home}/teams/${team.id}`, revision: team.revision });
    const kpi = await step(journey, 'a KPI is made', () =>
      ask(`${home}/kpis`, 201, Id, { method: 'POST', body: kpiFor(team.id, name) }),
    );
    made.push({ path: `${home}/kpis/${kpi.id}`, revision: kpi.revision });
    await step(journey, 'a value is checked in, and seen', async () => {
      const latest = z.looseObject({ latest: z.looseObject({ value: z.literal(40) }) });
      await ask(`${home}/kpis/${kpi.id}/check-ins`, 201, Id, { method: 'POST', body: { value: 40 } });
      await ask(`${home}/kpis/${kpi.id}`, 200, latest);
    });
    await step(journey, 'the audit log tells of it', () => toldOf(journey, ask, home, team.id));
  } finally {
    await step(journey, 'what was made is deleted again', async () => {
      for (const { path, revision } of made.toReversed())
        await ask(path, 204, none, { method: 'DELETE', revision });
    });
  }
}

const kpiFor = (teamId: string, name: string) => ({
  ...{ name, unit: '%', direction: 'up', baseline: 0, target: 100, owner: { kind: 'team', teamId } },
  period: { start: '2026-01-01', end: '2099-12-31' },
});

async function toldOf(
  { patience = 120_000 }: Journey,
  ask: ReturnType<typeof asking>,
  home: string,
  teamId: string,
): Promise<void> {
  for (const end = Date.now() + patience; Date.now() < end; await setTimeout(500)) {
    const { items } = await ask(`${home}/audit?about=team/${teamId}`, 200, Entries);
    if (items.some(({ action }) => action === 'team.created')) return;
  }
  throw new Error(`no entry of the team's creation after ${patience / 1000} seconds`);
}
