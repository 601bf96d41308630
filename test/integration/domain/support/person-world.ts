import type { Actor } from '../../../../domain/actor.ts';
import type { UserId } from '../../../../domain/ids.ts';
import type { ControlPlane } from '../../../../domain/table/scope.ts';
import { requireUser } from '../../../../domain/user/find-user.ts';
import { removeUser } from '../../../../domain/user/remove-user.ts';
import { now } from './founding.ts';
import { create, newKpi, report } from './kpis.ts';
import { memoryStore } from './leaving.ts';
import { join, organizationOf } from './people.ts';
import { recorded } from './recorded.ts';
import { create as createTeam } from './teams.ts';

export const minutes = (count: number): Date => new Date(now.getTime() + count * 60_000);

/** An organization with two active users besides its admin, and a store. */
export async function world(plane: ControlPlane, name: string) {
  const { scope, actor, admin } = await organizationOf(plane, name);
  let [bob, eve] = [admin, admin];
  await recorded(scope, async () => {
    bob = await join(scope, `${name}_bob`, 'team_leader');
    eve = await join(scope, `${name}_eve`);
  });
  const as = (by: UserId): Actor => ({ ...actor, by, ip: `203.0.113.${by === bob ? 7 : 9}` });
  await recorded(scope, async () => {
    await createTeam(scope, actor, 'Crew', bob);
    const { id } = await create(scope, actor, newKpi({ kind: 'user', userId: bob }));
    await report(scope, as(bob), id, { value: 5, made: now });
    const others = await create(scope, actor, newKpi({ kind: 'user', userId: eve }, { name: 'Others' }));
    await report(scope, as(eve), others.id, { value: 6, made: now });
  });
  const remove = async (userId: UserId) => {
    const { revision } = await requireUser(scope, userId);
    await recorded(scope, () => removeUser({ scope, actor: as(admin), now }, { userId, revision }));
  };
  return { scope, actor, admin, bob, eve, remove, ...memoryStore() };
}
export type World = Awaited<ReturnType<typeof world>>;
