import type { departureRefusals } from '../../../domain/departure/departure.refusals.ts';
import type * as english from './text.en.ts';

export const texts: typeof english.texts = {
  title: 'Offboarding',
  text: 'Organisationen, deren Offboarding läuft oder abgeschlossen ist.',
  none: 'Kein laufendes Offboarding',
  noneText: 'Ein Offboarding starten Sie in den Einstellungen einer Organisation.',
  organization: 'Organisation',
  stage: 'Phase',
  frozen: 'Eingefroren',
  deletion: 'Löschung ab',
  stages: {
    grace: 'Eingefroren',
    deleting: 'Wird gelöscht',
    deleted: 'Gelöscht',
    undone: 'Rückgängig gemacht',
  },
  start: 'Offboarding starten',
  startText:
    'Friert die Organisation ein: Ihre Mitglieder können weiterhin alles lesen, aber niemand kann etwas ändern. Die Daten werden exportiert und können nach der Frist gelöscht werden. Bis die Löschung beginnt, können Sie das rückgängig machen.',
  startTitle: (name) => `Offboarding von ${name} starten?`,
  startNow: 'Einfrieren und exportieren',
  typeName: (name) => `Geben Sie zur Bestätigung ${name} ein`,
  reason: 'Grund',
  reasonHint: 'Sichtbar für Super-Admins. Er bleibt im Audit-Log der Plattform.',
  days: 'Frist in Tagen',
  daysHint: 'Von 7 bis 365',
  started: (name) => `Offboarding von ${name} gestartet`,
  isLeaving: (day) =>
    `Das Offboarding dieser Organisation läuft. Die Daten können ab ${day} gelöscht werden.`,
  see: 'Offboarding ansehen',
  seeOrganization: 'Organisation ansehen',
  steps: 'Ablauf',
  frozenSince: (since, by) => `Eingefroren seit ${since} von ${by}`,
  graceUntil: (day) => `Frist bis ${day}`,
  graceOver: (day) => `Die Frist endete am ${day}`,
  undone: 'Rückgängig gemacht. Die Organisation ist wieder wie zuvor nutzbar.',
  undo: 'Offboarding rückgängig machen',
  undoText: 'Danach können die Mitglieder sofort wieder alles ändern.',
  wasUndone: (name) => `Offboarding von ${name} rückgängig gemacht`,
  export: 'Datenexport',
  exportText:
    'Alle Daten der Organisation samt Audit-Log und Nachweis, als ZIP-Datei aus JSON-Zeilen mit Prüfsummen.',
  exportStates: {
    waiting: 'Beginnt in einigen Minuten',
    running: 'Wird erstellt',
    ready: 'Bereit',
    expired: 'Abgelaufen',
    failed: 'Fehlgeschlagen: Die Daten haben sich währenddessen geändert',
  },
  exported: (items) => `${items} Einträge`,
  until: (day) => `Verfügbar bis ${day}`,
  download: 'Herunterladen',
  requestAgain: 'Neuen Export erstellen',
  requestedAgain: 'Ein neuer Export wird erstellt',
  noExport: 'Der Export beginnt in einigen Minuten.',
  ownExport: 'Ihre Daten herunterladen',
  deletionTitle: 'Löschung',
  deletionText: 'Nach der Frist beantragt ein Super-Admin die Löschung, und ein anderer gibt sie frei.',
  requestDeletion: 'Löschung beantragen',
  deleting: (items) => `${items} Einträge bisher gelöscht. Das lässt sich nicht mehr rückgängig machen.`,
  deleted: (items, at) => `${items} Einträge gelöscht. Am ${at} geprüft: Es ist nichts mehr vorhanden.`,
  backupsEnd: (day) => `Das letzte Backup mit diesen Daten wird am ${day} gelöscht.`,
  certificate: 'Nachweis herunterladen',
  visitNotice: (day) =>
    `Das Offboarding dieser Organisation läuft. Alle Daten sind schreibgeschützt und können ab ${day} gelöscht werden.`,
  notice: (day) =>
    `Das Offboarding Ihrer Organisation läuft. Alle Daten sind schreibgeschützt und können ab ${day} gelöscht werden.`,
};

export const trail: typeof english.trail = {
  actions: {
    'data-export.requested': 'Datenexport angefordert',
    'data-export.completed': 'Datenexport fertig',
    'data-export.failed': 'Datenexport fehlgeschlagen',
    'data-export.downloaded': 'Datenexport heruntergeladen',
    'departure.started': 'Offboarding gestartet',
    'departure.undone': 'Offboarding rückgängig gemacht',
    'departure.deletion-started': 'Löschung der Daten einer Organisation begonnen',
    'departure.completed': 'Daten einer Organisation gelöscht',
  },
  fields: {
    startsAt: 'Beginn',
    completedAt: 'Fertig',
    availableUntil: 'Verfügbar bis',
    items: 'Einträge',
    bytes: 'Bytes',
    departing: 'Organisation',
    stage: 'Phase',
    frozenAt: 'Eingefroren',
    deletionFrom: 'Löschung ab',
    approvalId: 'Freigabe',
    deletionStartedAt: 'Löschung begonnen',
    deletedAt: 'Gelöscht',
    certificate: 'Nachweis',
    reason: 'Grund',
  },
  values: {
    stage: {
      grace: 'eingefroren',
      deleting: 'wird gelöscht',
      deleted: 'gelöscht',
      undone: 'rückgängig gemacht',
    },
  },
};

export const refusals: Readonly<Record<keyof typeof departureRefusals, string>> = {
  departure_not_found: 'Für diese Organisation läuft kein Offboarding.',
  leaving_already: 'Das Offboarding dieser Organisation hat bereits begonnen.',
  grace_not_over: 'Die Daten können ab {date} gelöscht werden.',
  no_export: 'Es gibt keinen Export zum Herunterladen.',
  export_under_way: 'Es gibt bereits einen Export, oder er wird gerade erstellt.',
  departure_over:
    'Das lässt sich nicht mehr rückgängig machen: Die Daten werden gelöscht, oder es wurde bereits rückgängig gemacht.',
};
