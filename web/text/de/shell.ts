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
    title: 'Das hat sich seit dem Öffnen geändert',
    ownTitle: 'Das haben Sie in einem anderen Tab geändert',
    text: 'Unten stehen beide Fassungen. Vergleichen Sie sie und entscheiden Sie dann, welche bleibt.',
    field: 'Feld',
    mine: 'Ihre Eingabe',
    theirs: 'Jetziger Stand',
    keepMine: 'Meine Eingabe speichern',
    takeTheirs: 'Jetzigen Stand übernehmen',
  },
};
