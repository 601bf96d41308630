import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UserId } from '../../../domain/ids.ts';
import { type ControlPlane, withinOrganization } from '../../../domain/table/scope.ts';
import { usersAfter } from '../../../domain/user/list-users.ts';
import { updateUser } from '../../../domain/user/update-user.ts';
import { startControlPlane } from './support/control-plane.ts';
import { now } from './support/founding.ts';
import { join, organizationOf } from './support/members.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
let organization: Awaited<ReturnType<typeof organizationOf>>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
  organization = await organizationOf(plane, 'Listed');
  const { scope, actor } = organization;
  for (let index = 0; index < 12; index += 1)
    await join(scope, `user_m${index}`, index % 3 === 0 ? 'team_leader' : 'team_member');
  const leaders = await usersAfter(scope, undefined, 100, { role: 'team_leader' });
  for (const { userId, revision } of leaders.slice(0, 2))
    await updateUser({ scope, actor, now }, { userId, revision, status: 'deactivated' });
});
afterAll(() => stop());

const ids = (users: readonly { readonly userId: UserId }[]) => users.map(({ userId }) => userId);

describe('the list of users', () => {
  it('is the same whether it is read at once or in pages, with a filter or without', async () => {
    const { scope } = organization;
    for (const filter of [{}, { role: 'team_member' as const }, { search: 'user_m1' }]) {
      const all = ids(await usersAfter(scope, undefined, 100, filter));
      const paged: UserId[] = [];
      for (;;) {
        const next = ids(await usersAfter(scope, paged.at(-1), 3, filter));
        paged.push(...next);
        if (next.length < 3) break;
      }
      expect(paged).toEqual(all);
    }
    expect(await usersAfter(scope, undefined, 100)).toHaveLength(13);
  });

  it('is narrowed by role, by status, and by the beginning of a word of the name or of the address', async () => {
    const { scope } = organization;
    const count = async (filter: Parameters<typeof usersAfter>[3]) =>
      (await usersAfter(scope, undefined, 100, filter)).length;
    expect(await count({ role: 'team_leader' })).toBe(4);
    expect(await count({ role: 'team_leader', status: 'deactivated' })).toBe(2);
    expect(await count({ search: 'USER_M1' })).toBe(3);
    expect(await count({ search: 'user-m1@' })).toBe(1);
    expect(await count({ search: 'adm' })).toBe(1);
    expect(await count({ search: 'ser_m1' })).toBe(0);
  });

  it('shows nobody to who leads no team, and nothing of another organization', async () => {
    expect(await usersAfter(organization.scope, undefined, 100, { withinTeams: [] })).toEqual([]);
    const other = await organizationOf(plane, 'Elsewhere');
    const scope = withinOrganization(plane, other.scope.organizationId);
    expect(ids(await usersAfter(scope, undefined, 100))).toEqual([other.admin]);
  });
});
