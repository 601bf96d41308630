import type { Texts } from '../english.ts';

export const shell: Texts['shell'] = {
  menu: 'Menü',
  main: 'Hauptnavigation',
  find: 'Suchen oder gehen zu …',
  nothingFound: 'Nichts passt dazu',
  colours: { auto: 'Farben des Systems', light: 'Hell', dark: 'Dunkel' },
  languages: { en: 'English', de: 'Deutsch' },
  signOut: 'Abmelden',
  shortcuts: 'Tastenkürzel',
  shortcutList: {
    palette: 'Suchen oder gehen zu',
    search: 'In dieser Liste suchen',
    shortcuts: 'Diese Kürzel zeigen',
    close: 'Offenes schließen',
  },
  groups: { pages: 'Seiten', organizations: 'Organisationen', you: 'Sie' },
  links: {
    dashboard: 'Übersicht',
    organizations: 'Organisationen',
    newOrganization: 'Neue Organisation',
    analytics: 'Auswertungen',
    audit: 'Protokoll',
    usageRuns: 'Nutzungsläufe',
    home: 'Start',
    users: 'Personen',
    invitations: 'Einladungen',
    teams: 'Teams',
    kpis: 'KPIs',
    settings: 'Einstellungen',
  },
  visiting: (name) =>
    `Sie sehen ${name} als Super-Admin der Plattform. Was Sie hier ändern, steht in deren Protokoll.`,
  leaveOrganization: 'Zurück zur Plattform',
  offline:
    'Keine Verbindung. Was Sie sehen, ist vielleicht alt; Änderungen gehen erst wieder, wenn sie zurück ist.',
  sessionEnded: {
    title: 'Ihre Sitzung ist beendet',
    text: 'Melden Sie sich wieder an, um weiterzumachen. Was Sie eingegeben haben, ist noch da.',
  },
  conflict: {
    title: 'Jemand anderes hat das geändert',
    text: 'Es wurde geändert, nachdem Sie es geöffnet haben. Vergleichen Sie und entscheiden Sie dann.',
    field: 'Feld',
    mine: 'Ihre Eingabe',
    theirs: 'Jetziger Stand',
    keepMine: 'Meine Eingabe speichern',
    takeTheirs: 'Jetzigen Stand übernehmen',
  },
};
