import { inGerman } from './count.ts';
import { reasons } from './reasons.de.ts';
import type { shared as english } from './shared.en.ts';

function inDays(days: number): string {
  if (days === 0) return 'heute';
  return days === 1 ? 'morgen' : `in ${days} Tagen`;
}

const health: (typeof english)['health'] = {
  health: 'Zustand',
  levels: {
    healthy: 'Gut',
    watch: 'Handlungsbedarf',
    at_risk: 'Gefährdet',
    new: 'Neu',
    inactive: 'Gesperrt',
  },
  score: (score) => `${score} von 100`,
  scored: (score) => `Punktwert: ${score} von 100`,
  sinceLastWeek: (points) => {
    if (points === 0) return 'Unverändert seit letzter Woche';
    return `${points > 0 ? '+' : '−'}${Math.abs(points)} seit letzter Woche`;
  },
  since: (points, date) =>
    points === 0
      ? `Unverändert seit ${date}`
      : `${points > 0 ? '+' : '−'}${Math.abs(points)} ${Math.abs(points) === 1 ? 'Punkt' : 'Punkte'} seit ${date}`,
  takes: (weight) => `−${weight}`,
  takesInFull: (weight) => `kostet ${weight} ${weight === 1 ? 'Punkt' : 'Punkte'}`,
  history: 'Zustand in Punkten',
  historyText:
    '100 minus die Punkte aller Gründe, für jeden Tag nach den heutigen Regeln. Tage ohne Nutzungsdaten fehlen.',
  reasons: {
    suspended: () => 'Gesperrt: Mitglieder haben keinen Zugriff',
    plan_expired: ({ days = 0 }) => `Tarif ${days === 1 ? 'gestern' : `vor ${days} Tagen`} abgelaufen`,
    plan_ends_soon: ({ days = 0 }) => `Tarif läuft ${inDays(days)} ab`,
    no_admin: ({ level }) => (level === 'new' ? 'Erster Admin noch nicht beigetreten' : 'Kein aktiver Admin'),
    no_activity: ({ days = 0 }) => `Keine Aktivität seit ${days} Tagen`,
    low_activity: ({ count = 0, of = 0 }) => `${inGerman(count)} von ${of} Personen diese Woche aktiv`,
    no_check_ins: ({ days = 0 }) => `Keine Check-ins seit ${days} Tagen`,
    invitations_waiting: ({ count = 0 }) =>
      `Seit über einer Woche ausstehende Einladungen: ${inGerman(count)}`,
    teams_without_leader: ({ count = 0 }) =>
      count === 1 ? '1 Team ohne Leitung' : `${inGerman(count)} Teams ohne Leitung`,
    kpis_quiet: ({ count = 0, of = 0 }) =>
      `${inGerman(count)} von ${of} aktiven KPIs seit 30 Tagen ohne Check-in`,
  },
};

const table: (typeof english)['table'] = {
  filter: 'Filter',
  clearFilters: 'Filter zurücksetzen',
  removeFilter: (name) => `Filter entfernen: ${name}`,
  chip: (label, value) => `${label}: ${value}`,
  sort: 'Sortieren',
  columns: 'Spalten',
  rowsPerPage: 'Zeilen pro Seite',
  exportCsv: 'Als CSV exportieren',
  selectAll: 'Alle Zeilen auswählen',
  selectOne: (name) => `${name} auswählen`,
  selected: (shown) => `${shown} ausgewählt`,
  clearSelection: 'Auswahl aufheben',
  bulkActions: 'Aktionen für die Auswahl',
  actionFor: (title, shown) => `${title} (${shown})`,
  count: (shown, isOne) => (isOne ? `${shown} Ergebnis` : `${shown} Ergebnisse`),
  countSoFar: (shown) => `Die ersten ${shown} Ergebnisse`,
  countOf: (shown, total) => `${shown} von ${total}`,
  done: (title, shown) => `${title}: ${shown} erledigt`,
  partlyDone: ({ title, done, failed }) =>
    `${title}: ${done} erledigt, ${failed} fehlgeschlagen. Die fehlgeschlagenen sind weiterhin ausgewählt.`,
};

const common: (typeof english)['common'] = {
  locale: 'de',
  cancel: 'Abbrechen',
  close: 'Schließen',
  save: 'Speichern',
  copy: (what) => `${what} kopieren`,
  copied: 'Kopiert',
  print: 'Bericht drucken',
  retry: 'Erneut versuchen',
  undo: 'Rückgängig',
  more: 'Mehr laden',
  loading: 'Wird geladen',
  stillLoading: 'Wird noch geladen. Das dauert länger als sonst.',
  all: 'Alle',
  none: 'Keine',
  day: 'Tag',
  actions: 'Aktionen',
  request: (id) => `Anfrage ${id}`,
  skip: 'Zum Inhalt springen',
  pageTitle: (title) => `${title} · MTCMS`,
  breadcrumbs: 'Navigationspfad',
  dates: {
    from: 'Von',
    to: 'Bis',
    endsBefore: 'Wählen Sie ein Datum ab „Von“',
    beginsAfter: 'Wählen Sie ein Datum bis „Bis“',
    tooLong: 'Wählen Sie einen Zeitraum von höchstens einem Jahr',
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
    onboarding: 'Onboarding',
    ending: 'Läuft bald ab',
    expired: 'Tarif abgelaufen',
    suspended: 'Gesperrt',
  },
};

const errors: (typeof english)['errors'] = {
  fallbackTitle: 'Etwas ist schiefgelaufen',
  unexpected: 'Auf dieser Seite ist ein unerwarteter Fehler aufgetreten. Versuchen Sie es erneut.',
  offline: 'Der Server ist nicht erreichbar. Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.',
  unreadable: 'Die Antwort des Servers war nicht lesbar. Versuchen Sie es gleich noch einmal.',
  mayBeOld: 'Möglicherweise nicht mehr aktuell. Das Aktualisieren ist fehlgeschlagen.',
  titles: {
    forbidden: 'Keine Berechtigung',
    approval_required: 'Freigabe nötig',
    reverification_required: 'Identität bestätigen',
    not_found: 'Nicht gefunden',
    offline: 'Keine Verbindung',
    rate_limited: 'Zu viele Anfragen',
    stale: 'Seit dem Öffnen geändert',
    entitlement_exceeded: 'Tariflimit erreicht',
    last_admin: 'Mindestens ein Admin muss bleiben',
    already_exists: 'Bereits vorhanden',
    validation_failed: 'Prüfen Sie die markierten Felder',
    internal: 'Bei uns ist etwas schiefgelaufen',
    identity_unavailable: 'Der Anmeldedienst ist nicht erreichbar',
    unauthenticated: 'Sie sind abgemeldet',
  },
  whoCould: (who) => `Wenden Sie sich an ${who}.`,
  admins: 'einen Admin Ihrer Organisation',
  superAdmins: 'die Super-Admins der Plattform',
  audiences: {
    admins: 'die Admins Ihrer Organisation',
    leaders: 'die Admins und Teamleitungen Ihrer Organisation',
  },
  twoNumbers: ({ whole, units, decimals }) =>
    `Diese Zahl ist nicht eindeutig. Geben Sie ${whole} für die ganze Zahl oder ${units},${decimals} für die Kommazahl ein.`,
  retryIn: (seconds) => `Versuchen Sie es in ${seconds} ${seconds === 1 ? 'Sekunde' : 'Sekunden'} erneut.`,
  forbiddenPage: 'Kein Zugriff auf diese Seite',
  forbiddenText: (who) => `Zugriff haben nur ${who}. Fragen Sie dort nach, wenn Sie Zugriff brauchen.`,
  ownPage: 'Zurück zur Startseite',
  notFoundPage: 'Seite nicht gefunden',
  notFoundText: 'Prüfen Sie die Adresse. Vielleicht wurde die Seite auch gelöscht.',
  start: 'Zurück zur Startseite',
};

const shell: (typeof english)['shell'] = {
  menu: 'Menü',
  main: 'Hauptnavigation',
  find: 'Suchen oder öffnen …',
  search: 'Suchen',
  printed: (date) => `Gedruckt am ${date}`,
  context: {
    switch: (name) => `Organisation wechseln: ${name}`,
    platform: 'Plattform',
    organization: 'Organisation',
    recent: 'Zuletzt besucht',
    search: 'Organisationen suchen …',
    all: 'Alle Organisationen',
  },
  nothingFound: 'Keine Ergebnisse',
  colours: { auto: 'Wie im System', light: 'Hell', dark: 'Dunkel' },
  languages: { en: 'English', de: 'Deutsch' },
  signOut: 'Abmelden',
  shortcuts: 'Tastenkürzel',
  shortcutList: {
    palette: 'Suchen oder öffnen',
    search: 'In dieser Liste suchen',
    shortcuts: 'Tastenkürzel anzeigen',
    close: 'Dialog oder Menü schließen',
  },
  groups: { pages: 'Seiten', acts: 'Aktionen', you: 'Konto' },
  visiting: (name) =>
    `Sie sehen ${name} als Super-Admin. Ihre Änderungen werden im Audit-Log der Organisation festgehalten.`,
  leaveOrganization: 'Zurück zur Plattform',
  support: {
    open: 'Organisation öffnen',
    needed: 'Öffnen Sie die Organisation, um das zu sehen',
    neededText:
      'Dafür brauchen Sie einen Supportzugriff mit Begründung. Die Admins der Organisation sehen, wer zugegriffen hat und warum.',
  },
  offline:
    'Keine Verbindung. Die Seite ist möglicherweise nicht aktuell. Speichern können Sie erst, wenn die Verbindung wieder steht.',
  sessionEnded: {
    title: 'Ihre Sitzung ist beendet',
    text: 'Melden Sie sich erneut an, um fortzufahren. Ihre Eingaben sind noch da.',
  },
  unsaved: {
    title: 'Nicht gespeicherte Änderungen verwerfen?',
    text: 'Ihre Eingaben sind noch nicht gespeichert. Wenn Sie die Seite verlassen, gehen sie verloren.',
    keep: 'Weiter bearbeiten',
    discard: 'Änderungen verwerfen',
  },
  conflict: {
    title: 'Seit dem Öffnen geändert',
    ownTitle: 'An anderer Stelle von Ihnen geändert',
    ownChange: (when) => `Sie haben das ${when} in einem anderen Tab oder auf einem anderen Gerät geändert.`,
    theirChange: (name, when) =>
      name === undefined ? `Das wurde ${when} geändert.` : `${name} hat das ${when} geändert.`,
    text: 'Vergleichen Sie beide Fassungen und wählen Sie, welche bleiben soll.',
    field: 'Feld',
    mine: 'Ihre Fassung',
    theirs: 'Aktuell',
    keepMine: 'Meine behalten',
    takeTheirs: 'Meine verwerfen',
  },
};

/** The same in German. */
export const shared: typeof english = { common, errors, health, shell, table, reasons };
