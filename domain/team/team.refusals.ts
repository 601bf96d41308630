import { refusals } from '../errors.ts';

/** How use cases of teams refuse. */
export const teamRefusals = refusals({
  team_not_found: ['not_found', 'There is no such team.'],
  team_name_taken: ['already_exists', 'A team of this name exists already.', 'name'],
  team_full: ['conflict', 'This team has {most} members, the most there can be.'],
  team_cannot_be_joined: [
    'conflict',
    'The team is gone, is full, or has a leader already. Choose another team.',
  ],
  team_has_kpis: [
    'conflict',
    'KPIs belong to this team. Give them to another team or remove them first, then try again.',
  ],
  team_too_large_to_delete: [
    'conflict',
    'This team has {members} members, and one of at most {most} can be deleted. Take some out first, then try again.',
  ],
  team_member_not_found: ['not_found', 'This person is not in the team.'],
  leader_deactivated: [
    'conflict',
    "{name} is deactivated, and can't lead a team. Reactivate them first, then try again.",
  ],
  leader_lacks_role: [
    'conflict',
    'Only a team leader or an admin can lead a team. Give {name} the role team leader first, then try again.',
  ],
  user_in_most_teams: ['conflict', '{name} is in {most} teams already, the most there can be.'],
  user_leads_too_many_teams: [
    'conflict',
    '{name} leads {teams} teams. Give some of them another leader first, then try again.',
  ],
});
