import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ControlPlane } from '../../../domain/table/scope.ts';
import { deleteTeam } from '../../../domain/team/delete-team.ts';
import { requireUser } from '../../../domain/user/find-user.ts';
import { startControlPlane } from './support/control-plane.ts';
import { now } from './support/founding.ts';
import { meanwhile } from './support/meanwhile.ts';
import { join, organizationOf } from './support/people.ts';
import { entryFor, recorded, undoing } from './support/recorded.ts';
import { content, create, put, read, rename } from './support/teams.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

describe('undoing while others act', () => {
  it('restores no team whose name is taken between the look and the write, and can be tried again', async () => {
    const { scope, actor } = await organizationOf(plane, 'Between');
    const { id } = await create(scope, actor, 'Sales');
    const bob = await join(scope, 'between_bob');
    await put(scope, actor, id, bob, 'member');
    const { revision } = await read(scope, id);
    const entry = entryFor(
      await recorded(scope, () => deleteTeam({ scope, actor, now }, { teamId: id, revision })),
      'team.deleted',
    );
    const { undo, preview } = undoing(plane, scope, actor);
    let other = id;
    meanwhile(plane, async () => {
      ({ id: other } = await create(scope, actor, 'SALES'));
    });
    await expect(undo(entry)).rejects.toMatchObject({ code: 'already_exists' });
    await expect(read(scope, id)).rejects.toMatchObject({ code: 'not_found' });
    expect((await requireUser(scope, bob)).teams).toEqual({});
    expect(await preview(entry)).toMatchObject({ undone: null, refusal: { code: 'already_exists' } });
    await deleteTeam({ scope, actor, now }, { teamId: other, revision: 1 });
    await undo(entry);
    expect((await requireUser(scope, bob)).teams).toEqual({ [id]: 'member' });
  });

  it('an undo isn’t undone over what was changed after it, and its entry stays undoable', async () => {
    const { scope, actor } = await organizationOf(plane, 'Again');
    const { id } = await create(scope, actor, 'One');
    const { undo } = undoing(plane, scope, actor);
    const changed = entryFor(
      await recorded(scope, () => rename(scope, actor, id, { name: 'Two' })),
      'team.updated',
    );
    const undone = entryFor(await recorded(scope, () => undo(changed)), 'team.updated');
    const { id: other } = await create(scope, actor, 'Two');
    await expect(undo(undone)).rejects.toMatchObject({ code: 'already_exists' });
    await rename(scope, actor, other, { name: 'Three' });
    meanwhile(plane, () => rename(scope, actor, id, { name: 'Four' }));
    await expect(undo(undone)).rejects.toMatchObject({ reason: 'collided' });
    await expect(undo(undone)).rejects.toMatchObject({ reason: 'undo_overtaken' });
    await rename(scope, actor, id, { name: 'One' });
    await undo(undone);
    expect(await content(scope, id)).toMatchObject({ name: 'Two' });
  });
});
