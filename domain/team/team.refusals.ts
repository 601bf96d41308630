import { refusals } from '../errors.ts';

/** Refusals of the team use cases. */
export const teamRefusals = refusals({
  team_not_found: ['not_found', 'Team not found.'],
  team_name_taken: ['already_exists', 'A team with this name already exists.', 'name'],
  team_full: ['conflict', 'This team has {most} members and is full.'],
  team_cannot_be_joined: [
    'conflict',
    'The team was deleted, is full or already has a lead. Choose another team.',
  ],
  team_has_kpis: ['conflict', 'This team owns KPIs. Give them another owner or delete them first.'],
  team_too_large_to_delete: [
    'conflict',
    'This team has {members} members, and teams with more than {most} can’t be deleted. Remove some members first.',
  ],
  team_member_not_found: ['not_found', 'This person isn’t in the team.'],
  leader_deactivated: ['conflict', '{name} is deactivated and can’t lead a team. Reactivate them first.'],
  leader_lacks_role: [
    'conflict',
    'Leading a team needs the team lead or admin role. Change the role of {name} first.',
  ],
  user_in_most_teams: ['conflict', '{name} is already in {most} teams, which is the limit.'],
  user_leads_too_many_teams: [
    'conflict',
    '{name} leads {teams} teams. Give some of them another lead first.',
  ],
});
