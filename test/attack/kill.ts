/**
 * `npm run attack:kill`: `kill -9` of a product under write load, round by round; each accepted write must
 * be stored exactly once.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { freePort } from '../support/free-port.ts';
import { type Answer, clientOf, newOrganization, superAdminEmail } from '../support/product.ts';
import { enginePid, ready, startProcess } from '../support/product-process.ts';
import { seededState } from '../support/seeded-state.ts';
import { throwawayDirectory } from '../support/throwaway-directory.ts';
import { warmUp } from '../support/warm-up.ts';
import { judgeKept, type Verdict } from './kept.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '30' }, minutes: { type: 'string', default: '6' } },
});
const rounds = Number(values.rounds);
const writers = 4;
const adminEmail = 'ada@killed.example';

const stateDirectory = mkdtempSync(join(throwawayDirectory(), 'mtcms-killed-'));
const port = await freePort();
const origin = `http://localhost:${port}`;
const client = clientOf({ origin, clerk: { url: `${origin}/clerk`, secretKey: 'sk_test_mtcms_local' } });

/** The product in a separate process, once it serves requests. */
async function start() {
  const run = startProcess({ PORT: String(port), MTCMS_STATE_DIRECTORY: stateDirectory });
  await ready(run);
  if (run.child.exitCode !== null) throw new Error(`the product did not start: ${run.said()}`);
  return run;
}

/**
 * Sends requests as one user. Retries rate-limited requests, and reads that a product which has just
 * started can't serve yet: this test is about writes.
 */
const personOf = (token: string, patience = Date.now() + 60_000) =>
  async function ask(path: string, method = 'GET', body?: unknown): Promise<Answer> {
    const answer = await client.api(path, { token, method, body });
    const isToRepeat =
      answer.status === 429 || (method === 'GET' && answer.status >= 500 && Date.now() < patience);
    if (!isToRepeat) return answer;
    await pause(1000);
    return await ask(path, method, body);
  };
type Ask = ReturnType<typeof personOf>;

/** An organization on the largest plan, and one KPI per writer, so that its writes have an order. */
async function makeKpis() {
  await warmUp(client);
  const whole = newOrganization('Killed', adminEmail);
  const superAdmin = personOf(await client.signIn(superAdminEmail));
  const subscription = { ...whole.subscription, plan: 'enterprise' };
  const founded = await superAdmin('/api/admin/organizations', 'POST', { ...whole, subscription });
  await client.accept(adminEmail);
  const ask = personOf(await client.signIn(adminEmail));
  await ask('/api/me');
  const base = `/api/organizations/${founded.body.id}`;
  const team = await ask(`${base}/teams`, 'POST', { name: 'Writers' });
  const kpis: string[] = [];
  for (let number = 0; number < writers; number += 1) {
    const made = await ask(`${base}/kpis`, 'POST', {
      ...{ name: `Written ${number}`, unit: 'n', direction: 'up', baseline: 0, target: 1_000_000 },
      period: { start: '2026-01-01', end: '2099-12-31' },
      owner: { kind: 'team', teamId: team.body.id },
    });
    if (made.status !== 201) throw new Error(`no KPI to write to: ${JSON.stringify(made.body)}`);
    kpis.push(`${base}/kpis/${made.body.id}/check-ins`);
  }
  return { base, kpis };
}

/** A whole list that the API returns newest first, oldest first. */
async function allOf<Value>(ask: Ask, path: string, pick: (item: Record<string, unknown>) => Value) {
  const items: Value[] = [];
  for (let cursor = ''; ; ) {
    const { status, body } = await ask(`${path}limit=100${cursor}`);
    if (status !== 200) throw new Error(`${path} answers ${status}`);
    items.push(...body.items.map(pick));
    if (body.nextCursor === null) return items.toReversed();
    cursor = `&cursor=${encodeURIComponent(body.nextCursor)}`;
  }
}

const accepted = new Map<string, string[]>();
let value = 0;

/** Check-ins, one after another, until the product stops responding. */
async function write(ask: Ask, kpi: string, noteAccepted: () => void): Promise<void> {
  for (;;) {
    value += 1;
    const answer = await ask(kpi, 'POST', { value }).catch(() => null);
    if (answer === null) return;
    if (answer.status !== 201) continue;
    accepted.get(kpi)?.push(String(answer.body.id));
    noteAccepted();
  }
}

const tally = { lost: new Set<string>(), doubled: new Set<string>(), wrongOrder: new Set<string>() };
const add = (where: string, { lost, doubled, wrongOrder }: Verdict) => {
  for (const id of lost) tally.lost.add(`${where} ${id}`);
  for (const id of doubled) tally.doubled.add(`${where} ${id}`);
  for (const id of wrongOrder) tally.wrongOrder.add(`${where} ${id}`);
};

/** Looks for each accepted write in its list and in the audit log, where it appears with a delay. */
async function check(ask: Ask, base: string): Promise<void> {
  const patience = Date.now() + 60_000;
  for (;;) {
    const trail = await allOf(
      ask,
      `${base}/audit?action=check-in.&`,
      ({ resource }) => /chk_\w+$/.exec(String(resource))?.[0] ?? '',
    );
    const known = new Set(trail);
    const isWhole = [...accepted.values()].flat().every((id) => known.has(id));
    if (!isWhole && Date.now() < patience) {
      await pause(200);
      continue;
    }
    for (const [kpi, ids] of accepted) {
      const list = await allOf(ask, `${kpi}?`, ({ id }) => String(id));
      const reported = await allOf(ask, `${kpi}?`, (item) => String(item.value));
      add('list', judgeKept(ids, list));
      add('values', judgeKept([], reported));
      add('trail', judgeKept(ids, trail));
    }
    return;
  }
}

/** Ends the product as a power failure would; every other time its database as well. */
async function kill(run: Awaited<ReturnType<typeof start>>, round: number): Promise<void> {
  const engine = enginePid(stateDirectory);
  run.child.kill('SIGKILL');
  if (round % 2 === 1) process.kill(engine, 'SIGKILL');
  await run.ended;
}

const began = Date.now();
let done = 0;
cpSync(await seededState(), stateDirectory, { recursive: true });
let run = await start();
try {
  const { base, kpis } = await makeKpis();
  for (const kpi of kpis) accepted.set(kpi, []);
  const deadline = Date.now() + Number(values.minutes) * 60_000;
  for (; done < rounds && Date.now() < deadline; done += 1) {
    const ask = personOf(await client.signIn(adminEmail));
    const enough = Promise.withResolvers<void>();
    let since = 0;
    const writing = kpis.map((kpi) =>
      write(ask, kpi, () => {
        since += 1;
        if (since === 20 + (done % 7) * 3) enough.resolve();
      }),
    );
    await Promise.race([enough.promise, pause(5000)]);
    await kill(run, done);
    await Promise.all(writing);
    run = await start();
    await check(personOf(await client.signIn(adminEmail)), base);
    console.log(`round ${done + 1}: ${[...accepted.values()].flat().length} writes accepted so far`);
  }
} finally {
  run.child.kill('SIGTERM');
  await run.ended;
  rmSync(stateDirectory, { recursive: true, force: true });
}
const { lost, doubled, wrongOrder } = tally;
console.table([
  {
    rounds: done,
    accepted: [...accepted.values()].flat().length,
    lost: lost.size,
    doubled: doubled.size,
    'wrong order': wrongOrder.size,
    seconds: Math.round((Date.now() - began) / 1000),
  },
]);
for (const what of [...lost, ...doubled, ...wrongOrder].slice(0, 50)) console.error(what);
if (done < rounds) console.error(`Time was over after ${done} of ${rounds} rounds.`);
process.exitCode = done === rounds && lost.size + doubled.size + wrongOrder.size === 0 ? 0 : 1;
