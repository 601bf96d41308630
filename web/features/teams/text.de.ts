import type { teamRefusals } from '../../../domain/team/team.refusals.ts';
import type * as english from './text.en.ts';

export const texts: typeof english.texts = {
  teams: 'Teams',
  team: 'Team',
  name: 'Name',
  description: 'Beschreibung',
  leader: 'Leitung',
  noLeader: 'Niemand leitet es',
  hasLeader: 'Jemand leitet es',
  members: 'Mitglieder',
  memberCount: (count) => (count === 1 ? '1 Mitglied' : `${count} Mitglieder`),
  created: 'Angelegt',
  newTeam: 'Neues Team',
  create: 'Team anlegen',
  noTeams: 'Noch keine Teams',
  noTeamsAdmin: 'Legen Sie das erste an, bestimmen Sie die Leitung und geben Sie ihm KPIs.',
  noTeamsMember: 'Sie sind noch in keinem Team. Ein Admin oder eine Teamleitung kann Sie aufnehmen.',
  edit: 'Bearbeiten …',
  editTitle: (name) => `${name} bearbeiten`,
  delete: 'Löschen …',
  deleteTitle: (name) => `${name} löschen?`,
  deleteText:
    'Die Mitglieder bleiben in der Organisation, sind aber nicht mehr in diesem Team. Ein Team mit KPIs lässt sich nicht löschen: Löschen oder übertragen Sie diese zuerst.',
  deleteType: (name) => `Zur Bestätigung ${name} eingeben`,
  deleteNow: 'Team löschen',
  deleted: (name) => `${name} wurde gelöscht.`,
  role: 'Rolle',
  roles: { leader: 'Leitung', member: 'Mitglied' },
  joined: 'Dabei seit',
  inviteInto: 'Jemanden in das Team einladen',
  inviteIntoText: 'Wer schon in der Organisation ist, wird von einem Admin aufgenommen.',
  addMember: 'Mitglied aufnehmen',
  choose: 'Person wählen',
  add: 'Aufnehmen',
  added: (name) => `${name} ist im Team.`,
  makeLeader: 'Zur Leitung machen',
  makeMember: 'Zum Mitglied machen',
  takeOut: 'Aus dem Team nehmen',
  takenOut: (name) => `${name} ist nicht mehr im Team.`,
  actionsOf: (name) => `Aktionen für ${name}`,
  noMembers: 'In diesem Team ist noch niemand',
  noMembersText: 'Nehmen Sie mit dem Feld oben Personen auf.',
  nobody: 'Noch niemand',
};

export const trail: typeof english.trail = {
  actions: {
    'team.created': 'Team angelegt',
    'team.deleted': 'Team gelöscht',
    'team.import-undone': 'Import des Teams zurückgenommen',
    'team.imported': 'Team importiert',
    'team.member-added': 'In ein Team aufgenommen',
    'team.member-removed': 'Aus einem Team genommen',
    'team.member-role-changed': 'Rolle im Team geändert',
    'team.updated': 'Team geändert',
  },
  fields: {
    teamId: 'Team',
    teamRole: 'Rolle im Team',
    leaderId: 'Leitung',
    joinedAt: 'Beigetreten',
  },
  values: {
    role: { leader: 'Leitung', member: 'Mitglied' },
    teamRole: { leader: 'Leitung', member: 'Mitglied' },
  },
};

export const refusals: Readonly<Record<keyof typeof teamRefusals, string>> = {
  team_not_found: 'Dieses Team gibt es nicht.',
  team_name_taken: 'Ein Team mit diesem Namen gibt es schon.',
  team_full: 'Dieses Team hat {most} Mitglieder; mehr gehen nicht.',
  team_cannot_be_joined:
    'Das Team gibt es nicht mehr, es ist voll, oder es hat schon eine Leitung. Wählen Sie ein anderes.',
  team_has_kpis: 'Dem Team gehören KPIs. Geben Sie sie erst einem anderen Team, oder löschen Sie sie.',
  team_too_large_to_delete:
    'Dieses Team hat {members} Mitglieder, gelöscht werden kann eines mit höchstens {most}. Nehmen Sie erst welche heraus.',
  team_member_not_found: 'Diese Person ist nicht im Team.',
  leader_deactivated:
    '{name} ist deaktiviert und kann kein Team leiten. Aktivieren Sie die Person erst wieder.',
  leader_lacks_role:
    'Nur wer Teamleitung oder Admin ist, kann ein Team leiten. Geben Sie {name} erst die Rolle Teamleitung.',
  user_in_most_teams: '{name} ist schon in {most} Teams; mehr gehen nicht.',
  user_leads_too_many_teams: '{name} leitet {teams} Teams. Geben Sie einigen davon erst eine andere Leitung.',
};
