import { TeamId } from '../ids.ts';
import { deleteTeam } from '../team/delete-team.ts';
import { findTeam } from '../team/find-team.ts';
import { isNameTaken, ownsKpis, restoreTeam } from '../team/restore-team.ts';
import { teamRefusals } from '../team/team.refusals.ts';
import { TeamChange, TeamSummary } from '../team/team.schema.ts';
import { updateTeam } from '../team/update-team.ts';
import { formerMembers, returningMembers } from './former-members.ts';
import {
  compared,
  deletionOf,
  imagesOf,
  noRoomFor,
  nothingToPutBack,
  type Plan,
  planned,
  refused,
  type Undoing,
  unless,
  valuesOf,
} from './plan.ts';
import { undoRefusals } from './undo.refusals.ts';

/** Plans the undo of a change to a team. */
export const undoTeam = (undoing: Undoing): Promise<Plan> => {
  const teamId = TeamId.parse(undoing.entry.resource.slice('team/'.length));
  if (undoing.entry.action === 'team.updated') return putBack(undoing, teamId);
  return undoing.entry.action === 'team.restored' ? takeAway(undoing, teamId) : bringBack(undoing, teamId);
};

async function putBack({ ctx, may, entry }: Undoing, teamId: TeamId): Promise<Plan> {
  const { scope } = ctx;
  const team = await findTeam(scope, teamId);
  if (team === null) return refused(undoRefusals.undo_gone());
  const { revision, name, description } = team.item;
  const fields = compared(
    ['name', 'description'],
    { ...imagesOf(entry), now: { name, description } },
    (field) => (may('update', 'Team', { teamId }, field) ? 'put_back' : 'not_allowed'),
  );
  const values = valuesOf(fields);
  const change = TeamChange.safeParse(values).data;
  const next = change?.name;
  return planned({
    revision,
    fields,
    refusals: [
      nothingToPutBack(fields),
      change === undefined ? undoRefusals.undo_outdated() : null,
      next !== undefined && (await isNameTaken(scope, next, teamId)) ? teamRefusals.team_name_taken() : null,
    ],
    apply: (marked) => updateTeam(marked, { ...change, teamId, revision }),
  });
}

async function bringBack({ ctx, may, entry, organization }: Undoing, teamId: TeamId): Promise<Plan> {
  const { scope } = ctx;
  const [present, deleted] = await Promise.all([findTeam(scope, teamId), deletionOf(scope, entry)]);
  if (present !== null) return refused(undoRefusals.undo_there_again());
  if (deleted === null) return refused(undoRefusals.undo_record_gone());
  const team = TeamSummary.parse({ ...deleted.item, id: teamId });
  const former = await formerMembers(scope, { teamId, requestId: deleted.requestId });
  const [{ members, effects }, isTaken, full] = await Promise.all([
    returningMembers(scope, former),
    isNameTaken(scope, team.name, teamId),
    noRoomFor(scope, 'teams', organization),
  ]);
  return planned({
    revision: null,
    effects,
    refusals: [
      unless(
        may('create', 'Team', {}) &&
          members.every(({ role, user: { userId } }) =>
            may('update', 'TeamMember', { teamId, userId, role }),
          ),
      ),
      isTaken ? teamRefusals.team_name_taken() : null,
      full,
    ],
    apply: (marked) => restoreTeam(marked, { team, members, plan: organization.subscription.plan }),
  });
}

async function takeAway({ ctx, may, entry }: Undoing, teamId: TeamId): Promise<Plan> {
  const { scope } = ctx;
  const [team, hasKpis] = await Promise.all([findTeam(scope, teamId), ownsKpis(scope, teamId)]);
  if (team === null) return refused(undoRefusals.undo_overtaken());
  const { revision } = team.item;
  return planned({
    revision,
    refusals: [
      unless(may('delete', 'Team', { teamId })),
      hasKpis ? teamRefusals.team_has_kpis() : null,
      revision === imagesOf(entry).after.revision ? null : undoRefusals.undo_changed_since(),
    ],
    apply: (marked) => deleteTeam(marked, { teamId, revision }),
  });
}
