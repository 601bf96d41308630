import { reasons } from './reasons.de.ts';
import type { shared as english } from './shared.en.ts';

const common: (typeof english)['common'] = {
  cancel: 'Abbrechen',
  close: 'Schließen',
  save: 'Speichern',
  retry: 'Noch einmal versuchen',
  undo: 'Rückgängig',
  more: 'Mehr anzeigen',
  loading: 'Wird geladen',
  stillLoading: 'Wird noch geladen: Der Server antwortet langsam.',
  all: 'Alle',
  showAll: 'Alle zeigen',
  none: 'Keine',
  day: 'Tag',
  actions: 'Aktionen',
  asTable: 'Werte als Tabelle zeigen',
  asChart: 'Diagramm zeigen',
  previousPeriod: 'Zeitraum davor',
  request: (id) => `Anfrage ${id}`,
  skip: 'Zum Inhalt springen',
  pageTitle: (title) => `${title} · MTCMS`,
  breadcrumbs: 'Pfad',
  dates: {
    from: 'Von',
    to: 'Bis',
    endsBefore: 'Wählen Sie ein Datum ab „Von“',
    beginsAfter: 'Wählen Sie ein Datum bis „Bis“',
    tooLong: 'Wählen Sie höchstens ein Jahr',
    outside: 'Wählen Sie ein Datum zwischen 2000 und 2100',
  },
  roles: {
    super_admin: 'Super-Admin',
    org_admin: 'Admin',
    team_leader: 'Teamleitung',
    team_member: 'Teammitglied',
  },
  plans: { starter: 'Starter', growth: 'Growth', enterprise: 'Enterprise' },
  standings: {
    active: 'Aktiv',
    onboarding: 'Einrichtung',
    ending: 'Endet bald',
    expired: 'Plan beendet',
    suspended: 'Gesperrt',
  },
};

const errors: (typeof english)['errors'] = {
  fallbackTitle: 'Das hat nicht geklappt',
  unexpected: 'Auf der Seite ging etwas schief. Versuchen Sie es noch einmal.',
  offline:
    'Der Server ist nicht erreichbar. Prüfen Sie die Verbindung und versuchen Sie es dann noch einmal.',
  unreadable: 'Der Server hat unverständlich geantwortet. Versuchen Sie es gleich noch einmal.',
  mayBeOld: 'Das ist vielleicht nicht mehr aktuell: Es konnte nicht neu gelesen werden.',
  titles: {
    forbidden: 'Das dürfen Sie nicht',
    not_found: 'Das gibt es hier nicht',
    offline: 'Keine Verbindung',
    rate_limited: 'Zu viele Anfragen',
    stale: 'Das hat sich seit dem Öffnen geändert',
    entitlement_exceeded: 'Der Plan erlaubt nicht mehr',
    last_admin: 'Das ist der einzige Admin',
    already_exists: 'Das gibt es schon',
    validation_failed: 'Etwas stimmt noch nicht',
    internal: 'Bei uns ging etwas schief',
    identity_unavailable: 'Der Anmeldedienst ist nicht erreichbar',
    unauthenticated: 'Sie sind abgemeldet',
  },
  whoCould: (who) => `${who} könnte das.`,
  admins: 'Ein Admin Ihrer Organisation',
  superAdmins: 'die Super-Admins der Plattform',
  audiences: {
    admins: 'die Admins Ihrer Organisation',
    leaders: 'die Admins und Teamleitungen Ihrer Organisation',
  },
  twoNumbers: ({ whole, units, decimals }) =>
    `Das kann zwei Zahlen bedeuten. Geben Sie für die ganze Zahl ${whole} ein, für die Kommazahl ${units},${decimals}.`,
  retryIn: (seconds) => `Versuchen Sie es in ${seconds} Sekunden noch einmal.`,
  forbiddenPage: 'Diese Seite dürfen Sie nicht öffnen',
  forbiddenText: (who) => `Sie ist für ${who}. Wenn Sie etwas davon brauchen, fragen Sie dort.`,
  ownPage: 'Zurück zur eigenen Seite',
  notFoundPage: 'Diese Seite gibt es nicht',
  notFoundText: 'Vielleicht ist die Adresse vertippt, oder es gibt nicht mehr, wovon sie handelte.',
  start: 'Zurück zum Anfang',
};

const shell: (typeof english)['shell'] = {
  menu: 'Menü',
  main: 'Hauptnavigation',
  find: 'Suchen oder gehen zu …',
  search: 'Suchen',
  context: {
    switch: (name) => `Organisation wechseln: ${name}`,
    platform: 'Plattform',
    organization: 'Organisation',
    recent: 'Zuletzt besucht',
    search: 'Organisationen suchen …',
    all: 'Alle Organisationen',
  },
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
  groups: { pages: 'Seiten', acts: 'Aktionen', you: 'Konto' },
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

/** The same in German. */
export const shared: typeof english = { common, errors, shell, reasons };
