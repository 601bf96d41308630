import { isAbove } from '../access/roles.schema.ts';
import type { AppError } from '../errors.ts';
import { UserId } from '../ids.ts';
import { countsOf } from '../organization/counts.ts';
import { organizationRefusals } from '../organization/organization.refusals.ts';
import { teamIdsAsLeader } from '../team/leadership.ts';
import { findUser } from '../user/find-user.ts';
import { User } from '../user/profile.schema.ts';
import { removeUser } from '../user/remove-user.ts';
import { updateUser } from '../user/update-user.ts';
import { userRefusals } from '../user/user.refusals.ts';
import { UserChange } from '../user/user.schema.ts';
import { administers } from '../user/user-writes.ts';
import { bringUserBack } from './bring-user-back.ts';
import {
  compared,
  imagesOf,
  nothingToPutBack,
  type Plan,
  planned,
  refused,
  type Undoing,
  unless,
  valuesOf,
} from './plan.ts';
import { undoRefusals } from './undo.refusals.ts';
import type { UndoEffect } from './undo.schema.ts';

/** Plans the undoing of what was done to a user. */
export const undoUser = (undoing: Undoing): Promise<Plan> => {
  const userId = UserId.parse(undoing.entry.resource.slice('user/'.length));
  if (undoing.entry.action === 'user.removed') return bringUserBack(undoing, userId);
  return undoing.entry.action === 'user.restored' ? takeAway(undoing, userId) : putBack(undoing, userId);
};

const instanceOf = ({ userId, teams }: User) => ({ userId, teamIds: Object.keys(teams) });

/** The refusal of an organization's last admin; null while there is another. */
async function lastAdmin({ ctx }: Undoing, from: User, to: User | null): Promise<AppError | null> {
  if (!administers(from) || (to !== null && administers(to))) return null;
  const { admins } = await countsOf(ctx.scope, true);
  return admins > 1 ? null : organizationRefusals.only_admin();
}

async function putBack(undoing: Undoing, userId: UserId): Promise<Plan> {
  const { ctx, may, entry } = undoing;
  const user = await findUser(ctx.scope, userId);
  if (user === null) return refused(undoRefusals.undo_person_gone());
  const { revision, role, status } = user;
  const fields = compared(['role', 'status'], { ...imagesOf(entry), now: { role, status } }, (field) =>
    may('update', 'User', instanceOf(user), field) ? 'put_back' : 'not_allowed',
  );
  const { data: change } = UserChange.safeParse(valuesOf(fields));
  const next = User.parse({ ...user, ...change });
  const led = next.role === 'team_member' ? teamIdsAsLeader(user).length : 0;
  const effects: UndoEffect[] = led > 0 ? [{ kind: 'lead_given_up', name: user.name, count: led }] : [];
  const above = [role, next.role].find((one) => ctx.actor.role === 'system' || isAbove(one, ctx.actor.role));
  return planned({
    ...{ revision, fields, effects },
    refusals: [
      nothingToPutBack(fields),
      change === undefined ? undoRefusals.undo_outdated() : null,
      above === undefined ? null : userRefusals.role_out_of_reach({ role: above }),
      await lastAdmin(undoing, user, next),
    ],
    apply: (marked) => updateUser(marked, { ...change, userId, revision }),
  });
}

/** As many teams as a removal leaves in its own transaction. */
const teamsLeftAtOnce = 31;

async function takeAway(undoing: Undoing, userId: UserId): Promise<Plan> {
  const { ctx, may, entry } = undoing;
  const user = await findUser(ctx.scope, userId);
  if (user === null) return refused(undoRefusals.undo_overtaken());
  const { revision } = user;
  const teams = Object.keys(user.teams).length;
  return planned({
    revision,
    refusals: [
      unless(may('delete', 'User', instanceOf(user))),
      revision === imagesOf(entry).after.revision ? null : undoRefusals.undo_changed_since(),
      teams > teamsLeftAtOnce ? undoRefusals.undo_too_large({ teams }) : null,
      await lastAdmin(undoing, user, null),
    ],
    apply: (marked) => removeUser(marked, { userId, revision }),
  });
}
