import { inGerman } from '../../text/count.ts';
import type * as english from './text.en.ts';

export const texts: typeof english.texts = {
  home: 'Start',
  setup: 'Organisation einrichten',
  setupProgress: (done, all) => `${done} von ${all} Schritten erledigt`,
  setupDone: 'Ihre Organisation ist eingerichtet.',
  setupClose: 'Ausblenden',
  stepsDone: (count) => (count === 1 ? '1 Schritt erledigt' : `${inGerman(count)} Schritte erledigt`),
  steps: {
    admin_joined: {
      title: 'Als erster Admin beitreten',
      action: 'Einladungen ansehen',
      hint: 'Nehmen Sie die Einladung an, die an den ersten Admin ging.',
    },
    contact_complete: {
      title: 'Kontaktdaten vervollständigen',
      action: 'Telefonnummer ergänzen',
      hint: 'Ergänzen Sie die Telefonnummer Ihrer Kontaktperson, damit wir Sie in dringenden Fällen erreichen.',
    },
    people_invited: {
      title: 'Erste Person einladen',
      action: 'Person einladen',
      hint: 'Laden Sie die Personen ein, mit denen Sie arbeiten, und wählen Sie ihre Rollen.',
    },
    colleague_joined: {
      title: 'Erste Person tritt bei',
      action: 'Einladungen ansehen',
      hint: 'Sobald eine Einladung angenommen wird, ist dieser Schritt erledigt. Ist sie verloren gegangen, senden Sie sie erneut.',
    },
    team_created: {
      title: 'Erstes Team erstellen',
      action: 'Team erstellen',
      hint: 'Ein Team bringt Personen zusammen, die an denselben KPIs arbeiten.',
    },
    leader_named: {
      title: 'Teamleitung festlegen',
      action: 'Teamleitung festlegen',
      hint: 'Die Leitung kümmert sich um Mitglieder und KPIs des Teams.',
    },
    kpi_created: {
      title: 'Ersten KPI erstellen',
      action: 'KPI erstellen',
      hint: 'Legen Sie fest, was Sie messen, wo Sie starten und was Sie erreichen wollen.',
    },
    first_check_in: {
      title: 'Ersten Check-in eintragen',
      action: 'Check-in eintragen',
      hint: 'Tragen Sie den aktuellen Wert eines KPI ein. Sie sehen dann, ob er auf Kurs ist.',
    },
  },
  allFigures: 'Auswertungen ansehen',
  allTeams: 'Alle Teams ansehen',
  allActivity: 'Audit-Log ansehen',
  yourKpis: 'Ihre KPIs',
  yourTeams: 'Ihre Teams',
  noKpis: 'Ihnen ist noch kein KPI zugewiesen',
  noKpisText: 'Hier erscheinen die KPIs, für die Sie verantwortlich oder zuständig sind.',
  noTeams: 'Sie sind noch in keinem Team. Ein Admin oder eine Teamleitung kann Sie hinzufügen.',
  dueCount: (count) =>
    count === 1
      ? 'Diese Woche ist 1 Check-in fällig.'
      : `Diese Woche sind ${inGerman(count)} Check-ins fällig.`,
  nothingDue: 'Alle Check-ins erledigt',
  due: 'Fällig',
  checkInHint: 'Wert eingeben und mit Enter zum nächsten KPI springen.',
  addComment: 'Kommentar hinzufügen',
  addCommentFor: (name) => `Kommentar zum Check-in für ${name} hinzufügen`,
  commentFor: (name) => `Kommentar zum Check-in für ${name}`,
  refused: (name) => `Der Check-in für ${name} wurde nicht gespeichert.`,
  recent: 'Letzte Check-ins',
  noRecent: 'Noch keine Check-ins',
  values: 'Verlauf',
  valuesOf: (first, last, count) =>
    `${inGerman(count)} ${count === 1 ? 'Wert' : 'Werte'}, von ${first} bis ${last}`,
  trends: 'Verläufe',
  teamKpis: 'KPIs des Teams',
  noTeamKpis: 'Dieses Team hat noch keine KPIs',
  noTeamKpisText: 'Erstellen Sie einen KPI und machen Sie dieses Team dafür verantwortlich.',
  analytics: 'Auswertungen',
};
