import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendEntries, together } from '../../../domain/audit/append-entries.ts';
import { requestErasure, requireErasure } from '../../../domain/person-data/erasure.ts';
import { keepErasures, noteErasures } from '../../../domain/person-data/keep-erasures.ts';
import { ErasingItem } from '../../../domain/person-data/person-data.noun.ts';
import { find } from '../../../domain/table/reads.ts';
import type { ControlPlane } from '../../../domain/table/scope.ts';
import { numberedEntries } from '../../support/trail-entries.ts';
import { startControlPlane } from './support/control-plane.ts';
import { everything, proof, removed, verified } from './support/erasing.ts';
import { now } from './support/founding.ts';
import { checkpointing } from './support/leaving.ts';
import { minutes } from './support/person-world.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

describe('an erasure that is stopped', () => {
  it('goes on after its process died between any two writes', async () => {
    const of = await removed(plane, 'died');
    const { scope, admin, eve, bob, ctx } = of;
    await requestErasure(ctx(admin), bob);
    const { pseudonym } = await requestErasure(ctx(eve), bob);
    await noteErasures(plane, scope.organizationId, now);
    let writes = 0;
    plane.client.middlewareStack.add(
      (next, { commandName }) =>
        (args) => {
          if (/Put|Update|Delete|Write/.test(String(commandName))) writes -= 1;
          if (writes < 0) throw new Error('the process died');
          return next(args);
        },
      { step: 'initialize', name: 'dying', override: true },
    );
    // Each process gets one write beyond its lease, and more only if the last one got nowhere.
    let [lives, allowed, before] = [0, 2, ''];
    for (; lives < 400; lives += 1) {
      writes = allowed;
      const at = minutes(30 + lives * 20);
      const checkpoint = checkpointing(plane, () => at);
      await keepErasures({ plane, checkpoint, clock: () => at, until: minutes(90_000) });
      writes = Number.POSITIVE_INFINITY;
      const erasing = await find(scope, ErasingItem, { userId: bob });
      if (erasing === null) break;
      const { knownAs, items, pass: { stage, found, place } = {}, cleanSince } = erasing;
      const left = (await everything(plane, of)).split(bob).length;
      const after = [!!knownAs, items, stage, found, place?.partition, !!cleanSince, left].join();
      allowed = after === before ? allowed + 1 : 2;
      before = after;
      if (lives % 8 === 0) expect((await verified(await proof(plane, of, at))).findings).toEqual([]);
    }
    plane.client.middlewareStack.remove('dying');
    expect(lives).toBeGreaterThan(20);
    expect(await requireErasure(scope, pseudonym)).toMatchObject({ status: 'done' });
    expect(await everything(plane, of)).not.toContain(bob);
    expect((await verified(await proof(plane, of, minutes(90_000)))).findings).toEqual([]);
    await expect(requireErasure(scope, bob)).rejects.toMatchObject({ reason: 'no_erasure' });
    await expect(requestErasure(ctx(admin), pseudonym)).rejects.toMatchObject({ reason: 'erased_already' });
  });

  it('for a log too long for one run goes on page by page, in as many runs as it takes', async () => {
    const of = await removed(plane, 'long');
    const { scope, admin, eve, bob, ctx } = of;
    // Four pages, of which each has entries of theirs.
    const long = numberedEntries(scope.organizationId, 1600).map(({ entry, expiresAt }, at) => ({
      expiresAt,
      entry: { ...entry, ...(at % 100 === 0 ? { userId: bob } : {}) },
    }));
    for (const some of together(long)) await appendEntries(scope, some);
    await requestErasure(ctx(admin), bob);
    const { pseudonym } = await requestErasure(ctx(eve), bob);
    await noteErasures(plane, scope.organizationId, now);
    let pages = 0;
    const counting = { step: 'initialize', name: 'pages', override: true } as const;
    plane.client.middlewareStack.add(
      (next) => (args) => {
        if (/#audit#\d{4}-\d\d"/.test(JSON.stringify(args.input))) pages += 1;
        return next(args);
      },
      counting,
    );
    const places = new Set<string>();
    for (let runs = 0; runs < 60; runs += 1) {
      const [start, before] = [minutes(30 + runs * 20), pages];
      // Time is up after one page of the log.
      const clock = () => (pages === before ? start : new Date(start.getTime() + 60_000));
      const until = new Date(start.getTime() + 30_000);
      const checkpoint = checkpointing(plane, () => start);
      expect(await keepErasures({ plane, checkpoint, clock, until })).toEqual({ failures: [] });
      const erasing = await find(scope, ErasingItem, { userId: bob });
      if (erasing === null) break;
      places.add(JSON.stringify(erasing.pass?.place));
      if (runs % 4 === 0) expect((await verified(await proof(plane, of, start))).findings).toEqual([]);
    }
    plane.client.middlewareStack.remove('pages');
    expect(places.size).toBeGreaterThan(4);
    expect(await requireErasure(scope, pseudonym)).toMatchObject({ status: 'done' });
    expect(await everything(plane, of)).not.toContain(bob);
    expect(await verified(await proof(plane, of, minutes(6000)))).toMatchObject({
      ...{ findings: [], facts: { erased: expect.any(Number) } },
    });
  });
});
