import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../../domain/audit/audit.schema.ts';
import { exportProof } from '../../../domain/audit/checkpoints/export-proof.ts';
import { proveEntry } from '../../../domain/audit/checkpoints/prove-entry.ts';
import { trailOf } from '../../../domain/audit/list-trail.ts';
import { requestErasure, requireErasure, withdrawErasure } from '../../../domain/person-data/erasure.ts';
import { keepErasures, noteErasures } from '../../../domain/person-data/keep-erasures.ts';
import { ErasureDueItem } from '../../../domain/person-data/person-data.noun.ts';
import { find } from '../../../domain/table/reads.ts';
import { type ControlPlane, platformScope } from '../../../domain/table/scope.ts';
import { requireUser } from '../../../domain/user/find-user.ts';
import { removeUser } from '../../../domain/user/remove-user.ts';
import { sendUnlinks } from '../../../domain/user/unlink-outbox.ts';
import { updateUser } from '../../../domain/user/update-user.ts';
import { startControlPlane } from './support/control-plane.ts';
import { everything, proof, removed, verified } from './support/erasing.ts';
import { now } from './support/founding.ts';
import { checkpointing } from './support/leaving.ts';
import { join } from './support/people.ts';
import { minutes, type World } from './support/person-world.ts';
import { recorded, undoing } from './support/recorded.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

describe('the erasure of one person', () => {
  const hour = 60;

  const run = async ({ scope }: World, at: Date) => {
    const checkpoint = checkpointing(plane, () => at);
    const clock = () => at;
    const { failures } = await keepErasures({ plane, checkpoint, clock, until: minutes(6000) });
    expect(failures).toEqual([]);
    return await find(platformScope(plane), ErasureDueItem, { dueOrganization: scope.organizationId });
  };

  /** Continues until it is finished. Returns the entries that the audit log has gained. */
  async function erased(of: Awaited<ReturnType<typeof removed>>, from = 0) {
    const { scope, admin, eve, bob, ctx } = of;
    await recorded(scope, () => requestErasure(ctx(admin), bob));
    const running = await requestErasure(ctx(eve), bob);
    expect(running.status).toBe('running');
    await noteErasures(plane, scope.organizationId, now);
    const entries: AuditEntry[] = [];
    for (let runs = 0; runs < 8; runs += 1) {
      let due: unknown;
      entries.push(
        ...(await recorded(scope, async () => {
          due = await run(of, minutes(from + 30 + runs * 20));
        })),
      );
      if (due === null) return { pseudonym: running.pseudonym, entries, at: minutes(from + 30 + runs * 20) };
    }
    throw new Error('the erasure doesn’t end');
  }

  /** The rest of a file whose first line was exported when the log had that size. */
  async function goneOn({ scope }: World, size: number, at: Date): Promise<string> {
    let [text, position]: [string, NonNullable<Parameters<typeof exportProof>[1]> | null] = [
      '',
      { next: 0, size, lines: 1 },
    ];
    while (position !== null) {
      const part: Awaited<ReturnType<typeof exportProof>> = await exportProof(scope, position, at);
      text += part.text;
      position = part.next;
    }
    return text;
  }
  it('leaves nothing that identifies them, and a trail that is verified as before', async () => {
    const of = await removed(plane, 'erased');
    const before = await proof(plane, of, minutes(25));
    expect(before).toContain(of.bob);
    const { pseudonym, entries, at } = await erased(of);
    const left = await everything(plane, of);
    for (const trace of [of.bob, 'erased_bob@people.example', '203.0.113.7"'])
      expect(left).not.toContain(trace);
    expect(left).toContain(pseudonym);
    // Other users are unchanged.
    expect(left).toContain(of.eve);
    expect(left).toContain('erased_eve@people.example');
    // One entry per action: none for single items, and none that identifies the person.
    expect(entries.map(({ action }) => action)).toEqual(['mail-settings.deleted', 'erasure.completed']);
    const after = await proof(plane, of, at);
    expect(after).not.toContain(of.bob);
    expect(await verified(after)).toMatchObject({ findings: [], facts: { erased: expect.any(Number) } });
    expect((await verified(after)).facts.erased).toBeGreaterThan(3);
    // Earlier exports are unchanged.
    expect(await verified(before)).toMatchObject({ findings: [], facts: { erased: 0 } });
    // An export that started earlier extends to the leaves that record the erasures since.
    const [head = ''] = before.split('\n');
    const size = before.split('"leaf":').length - 1;
    expect(await verified(`${head}\n${await goneOn(of, size, at)}`)).toMatchObject({ findings: [] });
    const edited = after.replaceAll('"role":"org_admin","schema', '"role":"super_admin","schema');
    expect((await verified(edited)).findings.map(({ code }) => code)).toContain('edited');
  });

  it('leaves a member as they are who has been given the address since', async () => {
    const of = await removed(plane, 'handed');
    const { scope, bob } = of;
    const email = 'handed_bob@people.example';
    const heir = await join(scope, 'handed_heir', 'team_member', now, email);
    await erased(of);
    expect(await requireUser(scope, heir)).toMatchObject({ userId: heir, email });
    expect(await everything(plane, of)).not.toContain(bob);
  });

  it('takes two admins, or a day of the only one, and one after the person’s own request', async () => {
    const of = await removed(plane, 'two');
    const { scope, admin, eve, bob, ctx } = of;
    await expect(requestErasure(ctx(admin), eve)).rejects.toMatchObject({ reason: 'erase_a_member' });
    const { actor, ...rest } = ctx(admin);
    const impersonated = { ...rest, actor: { ...actor, impersonatedBy: 'user_support' } };
    for (const act of [requestErasure, withdrawErasure])
      await expect(act(impersonated, bob)).rejects.toMatchObject({ reason: 'not_while_impersonating' });
    const waiting = await requestErasure(ctx(admin), bob);
    expect(waiting).toMatchObject({ status: 'waiting', requestedBy: { id: admin } });
    await expect(requestErasure(ctx(admin), bob)).rejects.toMatchObject({ reason: 'erasure_takes_two' });
    expect(await withdrawErasure(ctx(eve), bob)).toMatchObject({ status: 'withdrawn' });
    await requestErasure(ctx(admin), bob);
    const { revision } = await requireUser(scope, eve);
    await updateUser(ctx(admin), { userId: eve, role: 'team_member', revision });
    await expect(requestErasure(ctx(admin), bob)).rejects.toMatchObject({ reason: 'erasure_takes_a_day' });
    const running = await requestErasure(ctx(admin, minutes(25 * hour)), bob);
    expect(running.status).toBe('running');
    await expect(withdrawErasure(ctx(admin), bob)).rejects.toMatchObject({
      reason: 'erasure_begun',
    });
    // The last admin can't be removed, so they can't be erased: their request waits for that.
    const last = await removeUser(ctx(admin), {
      userId: admin,
      revision: (await requireUser(scope, admin)).revision,
    }).catch((error: unknown) => error);
    expect(last).toMatchObject({ code: 'last_admin' });
    expect(await requestErasure(ctx(admin), admin)).toMatchObject({ status: 'asked' });
    const own = await removed(plane, 'own', { isAsked: true });
    expect(await requestErasure(own.ctx(own.admin), own.bob)).toMatchObject({ status: 'running' });
  });

  it('ends when they join again, and what is left of an entry can’t be undone', async () => {
    const of = await removed(plane, 'again');
    const { scope, actor, admin, eve, bob, ctx } = of;
    await requestErasure(ctx(admin), bob);
    const { pseudonym } = await requestErasure(ctx(eve), bob);
    await noteErasures(plane, scope.organizationId, now);
    await join(scope, 'again_bob');
    expect(await run(of, minutes(30))).toBeNull();
    expect(await requireErasure(scope, pseudonym)).toMatchObject({ status: 'withdrawn' });
    expect(await everything(plane, of)).toContain(bob);
    await of.remove(bob);
    await sendUnlinks(scope, async () => undefined);
    const { at } = await erased(of, 60);
    const query = { filter: {}, since: '2026-01-01T00:00:00.000Z', position: undefined, limit: 100, now: at };
    const { entries } = await trailOf(scope, query);
    const found = entries.find(({ action }) => action === 'user.removed');
    if (found === undefined) throw new Error('the removal isn’t in the trail');
    const removal = { ...found, actorName: undefined };
    const { preview, undo } = undoing(plane, scope, actor);
    expect((await preview(removal)).refusal).toMatchObject({ reason: 'undo_of_erased' });
    await expect(undo(removal)).rejects.toMatchObject({ reason: 'undo_of_erased' });
    const receipt = { entryId: removal.id, timestamp: removal.timestamp };
    await expect(proveEntry(scope, receipt)).rejects.toMatchObject({ reason: 'entry_erased' });
  });
});
