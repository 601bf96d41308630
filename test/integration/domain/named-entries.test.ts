import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserId } from '../../../domain/ids.ts';
import { acceptInvitation } from '../../../domain/invitation/accept-invitation.ts';
import { invite } from '../../../domain/invitation/invite.ts';
import type { ControlPlane } from '../../../domain/table/scope.ts';
import { requireUser } from '../../../domain/user/find-user.ts';
import { removeUser } from '../../../domain/user/remove-user.ts';
import { claimsOf } from './support/claims.ts';
import { startControlPlane } from './support/control-plane.ts';
import { onPlan, sender, superAdmin } from './support/founding.ts';
import { create, newKpi, report } from './support/kpis.ts';
import { join, organizationOf } from './support/people.ts';
import { entryFor, recorded, soon } from './support/recorded.ts';
import { create as createTeam, put, take } from './support/teams.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

describe('an entry', () => {
  it('of a check-in keeps what its KPI was called, and of a membership what the team was', async () => {
    const { scope, actor } = await organizationOf(plane, 'Named');
    const bob = await join(scope, 'named_bob');
    const { id: teamId } = await createTeam(scope, actor, 'Crew');
    const kpi = await create(scope, actor, newKpi({ kind: 'team', teamId }));
    const reported = await recorded(scope, () => report(scope, actor, kpi.id, { value: 1 }));
    expect(entryFor(reported, 'check-in.created').names).toEqual({ [kpi.id]: kpi.name });
    for (const [action, act] of [
      ['team.member-added', () => put(scope, actor, teamId, bob, 'member')],
      ['team.member-removed', () => take(scope, actor, teamId, bob)],
    ] as const)
      expect(entryFor(await recorded(scope, act), action).names, action).toEqual({ [teamId]: 'Crew' });
  });

  it('of who joins by an invitation, or is removed, keeps what their teams were called', async () => {
    const { scope, actor } = await organizationOf(plane, 'Joined');
    const { id: teamId } = await createTeam(scope, actor, 'Crew');
    const [userId, email] = [UserId.parse('user_joined_eve'), 'eve@people.example'];
    const { id: invitationId } = await invite(
      { scope, actor: superAdmin, now: soon() },
      {
        person: { email, name: 'Eve', role: 'team_member', teamId },
        organization: onPlan('growth'),
      },
      sender(),
    );
    const joined = await recorded(scope, () =>
      acceptInvitation(
        { scope, actor: { ...superAdmin, by: userId }, now: soon() },
        { userId, email, invitationId },
        claimsOf(scope),
      ),
    );
    expect(entryFor(joined, 'team.member-added').names).toEqual({ [teamId]: 'Crew' });
    const { revision } = await requireUser(scope, userId);
    const left = await recorded(scope, () => removeUser({ scope, actor, now: soon() }, { userId, revision }));
    expect(entryFor(left, 'team.member-removed').names).toEqual({ [teamId]: 'Crew' });
  });
});
