import type { supportAccessRefusals } from '../../../domain/support-access/support-access.refusals.ts';
import type * as english from './text.en.ts';

export const texts: typeof english.texts = {
  title: 'Supportzugriff',
  about:
    'Hier sehen Sie, wer vom Support der Plattform Ihre Organisation geöffnet hat, warum, wie lange und was dabei angesehen und geändert wurde.',
  none: 'Noch kein Supportzugriff',
  noneText: 'Öffnet jemand von der Plattform Ihre Organisation, steht es sofort hier.',
  openTitle: (name) => `${name} öffnen`,
  openText: (name) =>
    `Um Daten von ${name} zu sehen oder zu ändern, geben Sie an, warum und wie lange. Die Admins sehen Ihren Namen, den Grund und was Sie ansehen und ändern.`,
  consentText: (name) =>
    `Ein Admin von ${name} muss den Zugriff zuerst gewähren. Die Admins sehen Ihren Namen, den Grund und was Sie ansehen und ändern.`,
  open: 'Organisation öffnen',
  request: 'Zugriff anfragen',
  reason: 'Grund',
  reasonHint:
    'Zum Beispiel eine Ticketnummer und was Sie klären möchten. Die Admins der Organisation sehen das.',
  duration: 'Dauer',
  durations: (minutes) =>
    minutes < 60 ? `${minutes} Minuten` : minutes === 60 ? '1 Stunde' : `${minutes / 60} Stunden`,
  mode: 'Zugriff',
  modes: { read: 'Nur lesen', change: 'Lesen und ändern' },
  modeHints: {
    read: 'Sie sehen, was ein Admin sieht, und können nichts ändern.',
    change: 'Jede Änderung wird mit Ihrem Namen und diesem Supportzugriff aufgezeichnet.',
  },
  changeReason: 'Warum Sie Daten ändern müssen',
  emergency: 'Das ist ein Notfall',
  emergencyHint: 'Öffnet die Organisation ohne Zustimmung. Die Admins werden sofort benachrichtigt.',
  waitingTitle: (name) => `Wartet auf einen Admin von ${name}`,
  waitingText:
    'Sobald ein Admin Ihre Anfrage annimmt, können Sie die Organisation öffnen. Die Anfrage verfällt nach 24 Stunden.',
  withdraw: 'Anfrage zurückziehen',
  withdrawn: 'Anfrage zurückgezogen',
  opened: (name) => `${name} geöffnet`,
  requested: 'Supportzugriff angefragt',
  banner: (name, mode) => `Supportzugriff auf ${name}: ${mode}`,
  left: (minutes) => {
    if (minutes < 1) return 'noch weniger als eine Minute';
    const hours = Math.floor(minutes / 60);
    if (hours === 0) return minutes === 1 ? 'noch 1 Minute' : `noch ${minutes} Minuten`;
    return minutes % 60 === 0 ? `noch ${hours} Std.` : `noch ${hours} Std. ${minutes % 60} Min.`;
  },
  endNow: 'Jetzt beenden',
  ended: 'Supportzugriff beendet',
  extend: 'Verlängern',
  extendTitle: 'Supportzugriff verlängern',
  requestApproval: 'Freigabe beantragen',
  extendText: 'Bis zu 8 Stunden insgesamt. Darüber hinaus muss ein zweiter Super-Admin zustimmen.',
  extendBy: 'Verlängern um',
  extended: (time) => `Supportzugriff bis ${time} verlängert`,
  viewAs: 'Als andere Person ansehen',
  viewAsTitle: 'Als andere Person ansehen',
  viewAsText: 'Sie sehen, was diese Person sieht, und können nichts ändern. Im Audit-Log stehen beide Namen.',
  person: 'Person',
  viewingAs: (name) => `Ansicht als ${name}`,
  stopViewing: 'Ansicht beenden',
  viewedGone: 'Die Person, deren Ansicht Sie nutzen, ist nicht mehr aktiv',
  isIn: (name) => `${name} vom Support der Plattform hat Zugriff auf Ihre Organisation`,
  isInEmergency: (name) =>
    `${name} vom Support der Plattform hat Ihre Organisation in einem Notfall geöffnet`,
  asks: (name) => `${name} vom Support der Plattform bittet um Zugriff auf Ihre Organisation`,
  review: 'Ansehen',
  states: {
    requested: 'Wartet auf Sie',
    open: 'Offen',
    ended: 'Beendet',
    declined: 'Abgelehnt',
    expired: 'Abgelaufen',
    lapsed: 'Nicht beantwortet',
  },
  isEmergency: 'Notfall',
  when: 'Wann',
  period: (from, until) => `${from} – ${until}`,
  asked: (minutes) => `Angefragt für ${minutes}`,
  grantedBy: 'Gewährt von',
  endedBy: 'Beendet von',
  why: 'Grund für Änderungen',
  extensions: 'Verlängert',
  viewed: 'Ansicht als',
  grant: 'Zugriff gewähren',
  grantTitle: (name) => `Zugriff für ${name} gewähren?`,
  grantText: 'Sie können weniger gewähren als angefragt und den Zugriff jederzeit beenden.',
  granted: (name) => `Zugriff für ${name} gewährt`,
  decline: 'Ablehnen',
  declineTitle: (name) => `Anfrage von ${name} ablehnen?`,
  declineText: 'Es wird kein Zugriff gewährt. Eine neue Anfrage ist möglich.',
  declined: 'Anfrage abgelehnt',
  end: 'Zugriff beenden',
  endTitle: (name) => `Zugriff für ${name} beenden?`,
  endText: 'Der Zugriff endet sofort. Was gerade noch gespeichert werden sollte, wird verworfen.',
  makeReadOnly: 'Auf Lesen beschränken',
  madeReadOnly: 'Zugriff ist jetzt auf Lesen beschränkt',
  activity: 'Was angesehen und geändert wurde',
  showActivity: 'Anzeigen',
  hideActivity: 'Ausblenden',
};

export const refusals: Readonly<Record<keyof typeof supportAccessRefusals, string>> = {
  support_access_needed: 'Um Daten dieser Organisation zu sehen, öffnen Sie sie zuerst mit einem Grund.',
  support_access_waits: 'Ein Admin dieser Organisation hat Ihren Supportzugriff noch nicht gewährt.',
  support_access_is_read_only:
    'Ihr Supportzugriff ist auf Lesen beschränkt. Um Daten zu ändern, öffnen Sie die Organisation neu und geben Sie an, warum.',
  support_access_views_only:
    'Sie nutzen die Ansicht einer anderen Person und können darin nichts ändern. Beenden Sie zuerst diese Ansicht.',
  viewed_user_gone:
    'Die Person, deren Ansicht Sie nutzen, ist in dieser Organisation nicht mehr aktiv. Beenden Sie zuerst diese Ansicht.',
  support_access_over: 'Ihr Supportzugriff endete vor dem Speichern. Es wurde nichts geändert.',
  support_access_not_found: 'Supportzugriff nicht gefunden.',
  support_access_not_needed: 'Super-Admins brauchen hier keinen Supportzugriff.',
  support_access_open_already: 'Sie haben hier bereits Supportzugriff oder haben ihn angefragt.',
  support_access_not_open: 'Dieser Supportzugriff ist nicht offen.',
  support_access_not_requested: 'Dieser Supportzugriff wartet nicht auf eine Antwort.',
  support_access_of_another: 'Das ist der Supportzugriff einer anderen Person.',
  grants_more_than_requested: 'Sie können nur gewähren, was angefragt wurde, oder weniger.',
  narrows_nothing: 'Der Supportzugriff ist bereits so weit eingeschränkt.',
  granted_is_not_extended:
    'Ein Admin hat diesen Zugriff für eine feste Zeit gewährt. Beenden Sie ihn und fragen Sie ihn neu an.',
  shortened_is_not_extended:
    'Ein Admin hat diesen Zugriff verkürzt. Beenden Sie ihn und öffnen Sie ihn neu, oder fragen Sie ihn neu an.',
  lengthening_needs_approval:
    'Ein Supportzugriff dauert höchstens 8 Stunden. Für mehr muss ein zweiter Super-Admin zustimmen.',
  cannot_view_as: 'Möglich ist nur die Ansicht einer aktiven Person dieser Organisation.',
};

export const trail: typeof english.trail = {
  actions: {
    'support-access.declined': 'Supportzugriff abgelehnt',
    'support-access.emergency-opened': 'Supportzugriff im Notfall geöffnet',
    'support-access.ended': 'Supportzugriff beendet',
    'support-access.extended': 'Supportzugriff verlängert',
    'support-access.granted': 'Supportzugriff gewährt',
    'support-access.narrowed': 'Supportzugriff eingeschränkt',
    'support-access.opened': 'Supportzugriff geöffnet',
    'support-access.requested': 'Supportzugriff angefragt',
    'support-access.view-ended': 'Ansicht einer anderen Person beendet',
    'support-access.view-started': 'Ansicht einer anderen Person begonnen',
    'support-access.viewed': 'Per Supportzugriff angesehen',
  },
  fields: {
    supportAccessId: 'Supportzugriff',
    operatorId: 'Supportperson',
    operatorName: 'Supportperson',
    reason: 'Grund',
    mode: 'Zugriff',
    changeReason: 'Grund für Änderungen',
    state: 'Status',
    isEmergency: 'Notfall',
    minutes: 'Minuten',
    from: 'Von',
    until: 'Bis',
    grantedBy: 'Gewährt von',
    endedAt: 'Beendet',
    endedBy: 'Beendet von',
    viewingAs: 'Ansicht als',
    extensions: 'Verlängert',
    seen: 'Angesehen',
    thing: 'Angesehen',
    viewedAs: 'Angesehen als',
  },
  values: {
    mode: { read: 'nur lesen', change: 'lesen und ändern' },
    state: {
      requested: 'Angefragt',
      open: 'Offen',
      ended: 'Beendet',
      declined: 'Abgelehnt',
    },
  },
};
