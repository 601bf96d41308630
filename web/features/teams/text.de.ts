import type { teamRefusals } from '../../../domain/team/team.refusals.ts';
import { inGerman } from '../../text/count.ts';
import type * as english from './text.en.ts';

export const texts: typeof english.texts = {
  teams: 'Teams',
  team: 'Team',
  name: 'Name',
  description: 'Beschreibung',
  leader: 'Leitung',
  noLeader: 'Noch keine Leitung',
  unknownLead: 'Hat eine Leitung',
  nameLead: 'Leitung festlegen',
  changeLead: 'Leitung ändern',
  nameLeadOf: (name) => `Leitung von ${name} festlegen`,
  search: 'Teams suchen',
  noMatch: 'Keine Teams passen zu Ihrer Suche',
  members: 'Mitglieder',
  memberCount: (count) => (count === 1 ? '1 Mitglied' : `${inGerman(count)} Mitglieder`),
  created: 'Erstellt',
  newTeam: 'Neues Team',
  create: 'Team erstellen',
  noTeams: 'Noch keine Teams',
  noTeamsAdmin: 'Erstellen Sie Ihr erstes Team, fügen Sie Mitglieder hinzu und legen Sie eine Leitung fest.',
  noTeamsMember: 'Sie sind noch in keinem Team. Ein Admin oder eine Teamleitung kann Sie hinzufügen.',
  edit: 'Bearbeiten',
  editTitle: (name) => `${name} bearbeiten`,
  deleteTitle: (name) => `${name} löschen?`,
  deleteText:
    'Die Mitglieder bleiben in der Organisation. Ein Team mit eigenen KPIs lässt sich nicht löschen: Löschen oder übertragen Sie diese zuerst.',
  deleteType: (name) => `Geben Sie zur Bestätigung ${name} ein`,
  deleteNow: 'Team löschen',
  deleted: (name) => `${name} gelöscht`,
  role: 'Rolle',
  roles: { leader: 'Leitung', member: 'Mitglied' },
  joined: 'Beigetreten',
  inviteInto: 'Ins Team einladen',
  inviteIntoText: 'Wer bereits ein Konto hat, wird von einem Admin hinzugefügt.',
  addMembers: 'Mitglieder hinzufügen',
  addMembersTo: (name) => `Mitglieder zu ${name} hinzufügen`,
  addMembersText: 'Alle sehen die KPIs und Maßnahmen des Teams sofort.',
  addCount: (count) => {
    if (count === 0) return 'Mitglieder hinzufügen';
    return count === 1 ? '1 Mitglied hinzufügen' : `${inGerman(count)} Mitglieder hinzufügen`;
  },
  addedMany: (count) => `${inGerman(count)} Mitglieder zum Team hinzugefügt`,
  notAdded: 'Nicht hinzugefügt',
  people: 'Personen',
  peopleHint: (most) => `Höchstens ${most} auf einmal`,
  nobodyFound: 'Niemand gefunden',
  choose: 'Name oder E-Mail',
  added: (name) => `${name} zum Team hinzugefügt`,
  makeLeader: 'Zur Leitung machen',
  makeLeadOf: (name) => `${name} zur Leitung machen`,
  makeLeadTitle: (name, team) => `${name} zur Leitung von ${team} machen?`,
  willLead: (name) => `${name} kann das Team, seine Mitglieder, KPIs und Maßnahmen bearbeiten.`,
  willJoin: (name) => `${name} kommt ins Team.`,
  willBePromoted: (name) => `Die Rolle von ${name} ändert sich von Teammitglied zu Teamleitung.`,
  willStay: (name) => `${name} bleibt als Mitglied im Team und behält die eigene Rolle.`,
  leads: (name, team) => `${name} leitet jetzt ${team}`,
  makeMember: 'Zum Mitglied machen',
  takeOut: 'Aus Team entfernen',
  takenOut: (name) => `${name} aus dem Team entfernt`,
  actionsOf: (name) => `Aktionen für ${name}`,
  noMembers: 'Noch keine Mitglieder',
  noMembersText: 'Fügen Sie Personen aus Ihrer Organisation hinzu oder laden Sie neue ein.',
};

export const trail: typeof english.trail = {
  actions: {
    'team.created': 'Team erstellt',
    'team.deleted': 'Team gelöscht',
    'team.restored': 'Team wiederhergestellt',
    'team.import-undone': 'Import des Teams rückgängig gemacht',
    'team.imported': 'Team importiert',
    'team.member-added': 'Zu Team hinzugefügt',
    'team.member-removed': 'Aus Team entfernt',
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
  team_not_found: 'Dieses Team wurde nicht gefunden.',
  team_name_taken: 'Es gibt bereits ein Team mit diesem Namen.',
  team_full: 'Dieses Team hat {most} Mitglieder und ist damit voll.',
  team_cannot_be_joined:
    'Dieses Team wurde gelöscht, ist voll oder hat bereits eine Leitung. Wählen Sie ein anderes.',
  team_has_kpis: 'Dieses Team ist für KPIs verantwortlich. Übertragen oder löschen Sie diese zuerst.',
  team_too_large_to_delete:
    'Ein Team lässt sich mit höchstens {most} Mitgliedern löschen, dieses hat {members}. Entfernen Sie zuerst einige.',
  team_member_not_found: 'Diese Person ist nicht in diesem Team.',
  leader_deactivated: '{name} ist deaktiviert und kann kein Team leiten. Reaktivieren Sie die Person zuerst.',
  leader_lacks_role:
    'Ein Team leiten kann nur, wer die Rolle Teamleitung oder Admin hat. Geben Sie {name} zuerst eine dieser Rollen.',
  user_in_most_teams: '{name} ist bereits in {most} Teams. Mehr sind nicht möglich.',
  user_leads_too_many_teams:
    '{name} leitet {teams} Teams. Legen Sie zuerst für einige davon eine andere Leitung fest.',
};
