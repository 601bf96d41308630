import type * as english from './text.en.ts';

export const texts: typeof english.texts = {
  home: 'Start',
  setup: 'Richten Sie Ihre Organisation ein',
  setupText: 'Jeder Schritt hakt sich selbst ab, sobald er getan ist.',
  setupProgress: (done, all) => `${done} von ${all} Schritten getan`,
  setupDone: 'Ihre Organisation ist eingerichtet: Jeder Schritt der Anleitung ist getan.',
  stepDone: 'Getan',
  stepNext: 'Als Nächstes',
  goThere: (title) => `Dorthin: ${title}`,
  steps: {
    admin_joined: {
      title: 'Ein Admin ist dabei',
      hint: 'Nehmen Sie die Einladung an, die der erste Admin bekommen hat.',
    },
    contact_complete: {
      title: 'Die Kontaktperson ist erreichbar',
      hint: 'Geben Sie der Kontaktperson eine Telefonnummer, damit dringende Fragen jemanden finden.',
    },
    people_invited: {
      title: 'Jemand ist eingeladen',
      hint: 'Laden Sie die Personen ein, mit denen Sie arbeiten; jede Einladung sagt, was sie sein werden.',
    },
    colleague_joined: {
      title: 'Jemand ist dazugekommen',
      hint: 'Schicken Sie die Einladung noch einmal, wenn sie verloren ging.',
    },
    team_created: {
      title: 'Es gibt ein Team',
      hint: 'Legen Sie ein Team an: Seine Leitung kümmert sich um Personen und KPIs.',
    },
    leader_named: { title: 'Ein Team hat eine Leitung', hint: 'Bestimmen Sie, wer das Team leitet.' },
    kpi_created: {
      title: 'Es gibt einen KPI',
      hint: 'Sagen Sie, was Sie messen, wo es steht und wohin es gehen soll.',
    },
    first_check_in: {
      title: 'Der erste Wert ist gemeldet',
      hint: 'Melden Sie einen Wert: Der Stand eines KPIs folgt aus dem letzten Wert.',
    },
  },
  figures: 'Auf einen Blick',
  allFigures: 'Alle Zahlen und Verläufe',
  allTeams: 'Alle Teams',
  allActivity: 'Das ganze Protokoll',
  yourKpis: 'Ihre KPIs',
  yourTeams: 'Ihre Teams',
  noKpis: 'Ihnen ist noch nichts zugewiesen',
  noKpisText: 'Wird Ihnen ein KPI zugewiesen, steht er hier, und Sie melden hier seine Werte.',
  noTeams: 'Sie sind noch in keinem Team. Ein Admin oder die Leitung eines Teams kann Sie aufnehmen.',
  dueCount: (count) =>
    count === 1
      ? '1 KPI wartet auf den Wert dieser Woche.'
      : `${count} KPIs warten auf den Wert dieser Woche.`,
  nothingDue: 'Jeder Wert dieser Woche ist gemeldet.',
  due: 'Fällig',
  checkInHint: 'Zahl eingeben und Enter drücken: Das nächste Feld folgt.',
  checkInNumber: 'Das muss eine Zahl sein, etwa 12,5',
  refused: (name) => `${name}: Der Wert wurde nicht angenommen.`,
  recent: 'Neueste Werte',
  noRecent: 'Noch ist kein Wert gemeldet.',
  reporting: 'In 7 Tagen gemeldet',
  reportingText: (reported, running) => `${reported} von ${running} laufenden KPIs`,
  noneRunning: 'Kein KPI läuft',
  values: 'Letzte Werte',
  valuesOf: (first, last, count) => `${count} Werte, von ${first} bis ${last}`,
  teamKpis: 'KPIs des Teams',
  noTeamKpis: 'Dieses Team hat noch keine KPIs',
  noTeamKpisText: 'Legen Sie auf der Seite der KPIs einen an und geben Sie ihn diesem Team.',
  analytics: 'Auswertungen',
};
