import type { approvalRefusals } from '../../../domain/approval/approval.refusals.ts';
import { inGerman } from '../../text/count.ts';
import type * as english from './text.en.ts';

export const texts: typeof english.texts = {
  title: 'Freigaben',
  text: 'Manche Aktionen brauchen zwei Super-Admins: Eine Person beantragt sie, eine andere gibt sie frei. Vorher passiert nichts.',
  addSuperAdmin: 'Super-Admin hinzufügen',
  superAdminText:
    'Ein anderer Super-Admin muss das freigeben. Wer noch kein Konto hat, wird per E-Mail eingeladen. Ein Konto, das zu einer Organisation gehört, kann nicht Super-Admin werden.',
  exportTitle: 'Export aller Audit-Logs beantragen',
  exportText: (format, from, to) =>
    `Eine ${format}-Datei mit den Einträgen aller Organisationen vom ${from} bis zum ${to}, mit Ihren aktuellen Filtern. Ein anderer Super-Admin muss sie freigeben. Danach laden Sie die Datei unter „Freigaben“ herunter.`,
  request: 'Antrag senden',
  requested: 'Antrag gesendet',
  reason: 'Begründung',
  reasonNote: 'Der andere Super-Admin liest sie. Sie bleibt im Audit-Log.',
  willConfirm: 'Sie werden gebeten, Ihre Identität zu bestätigen.',
  waiting: (count) => `${inGerman(count)} ${count === 1 ? 'wartet' : 'warten'} auf Sie`,
  waitingForYou: 'Wartet auf Sie',
  nothingWaits: 'Alles erledigt',
  yours: 'Ihre Anträge',
  noneOfYours: 'Keine offenen Anträge',
  others: 'Freigegebene Anträge anderer',
  history: 'Verlauf',
  noHistory: 'Noch keine früheren Anträge',
  makeSuperAdmin: (name) => `${name} zum Super-Admin machen`,
  kinds: {
    'super-admin.create': 'Super-Admin hinzufügen',
    'audit-feed.export': 'Alle Audit-Logs exportieren',
    'organization.remove-data': 'Alle Daten einer Organisation löschen',
    'support-access.extend': 'Supportzugriff verlängern',
  },
  fields: {
    email: 'E-Mail',
    name: 'Name',
    format: 'Format',
    from: 'Von',
    to: 'Bis',
    actor: 'Person',
    action: 'Aktion',
    resource: 'Objekt',
    about: 'Betrifft',
    organizationId: 'Organisations-ID',
    supportAccessId: 'ID des Supportzugriffs',
    minutes: 'Minuten',
  },
  contentOf: (kind) => `${kind}: Details`,
  fingerprint: 'Fingerabdruck',
  requestedBy: 'Beantragt von',
  approvedBy: 'Freigegeben von',
  factors: { first: 'durch erneute Anmeldung bestätigt', second: 'mit zweitem Faktor bestätigt' },
  statuses: {
    waiting: 'Wartet auf Freigabe',
    approved: 'Freigegeben',
    carried_out: 'Erledigt',
    refused: 'Abgelehnt',
    withdrawn: 'Zurückgezogen',
    voided: 'Ungültig',
    expired: 'Abgelaufen',
  },
  voids: {
    changed: 'Der Gegenstand des Antrags hat sich vor der Ausführung geändert.',
    another_input: 'Der gespeicherte Antrag stimmt nicht mit dem gestellten überein.',
    requester_gone: 'Wer ihn gestellt hat, ist kein Super-Admin mehr.',
    approver_gone: 'Wer ihn freigegeben hat, ist kein Super-Admin mehr.',
    member_elsewhere: 'Das Konto gehört zu einer Organisation.',
    already_super_admin: 'Diese Person war bereits Super-Admin.',
    undeliverable: 'Die Einladung konnte nicht an diese E-Mail-Adresse gesendet werden.',
  },
  next: {
    needsOther: (until) => `Ein anderer Super-Admin kann ihn bis ${until} freigeben.`,
    alone: (from) =>
      `Sie sind der einzige Super-Admin, deshalb ersetzt eine Wartezeit die zweite Freigabe: Der Antrag kann ab ${from} ausgeführt werden. Bis dahin können Sie ihn zurückziehen. Kommt ein weiterer Super-Admin hinzu, muss er den Antrag freigeben.`,
    waitOver: (isAutomatic, until) =>
      isAutomatic
        ? 'Die Wartezeit ist vorbei. Der Antrag wird innerhalb von zehn Minuten ausgeführt.'
        : `Die Wartezeit ist vorbei. Sie können bis ${until} fortfahren.`,
    becomes: (name) =>
      `Wenn Sie freigeben, wird ${name} sofort Super-Admin. Ohne Konto geht zuerst eine Einladung per E-Mail hinaus.`,
    mayCarryOut: (name) =>
      `Mit Ihrer Freigabe kann ${name} den Antrag innerhalb von 24 Stunden einmal ausführen.`,
    underWay: 'Der Antrag wird ausgeführt.',
    invited: (name, until) =>
      `${name} wurde per E-Mail eingeladen und wird Super-Admin, sobald das Konto erstellt ist. Die Einladung gilt bis ${until}.`,
    download: (until) => `Sie haben bis ${until} Zeit, die Datei herunterzuladen. Das ist einmal möglich.`,
    extend: (until) =>
      `Sie haben bis ${until} Zeit, den Supportzugriff zu verlängern. Das ist einmal möglich.`,
    remove: (until) =>
      `Sie haben bis ${until} Zeit, die Daten zu löschen. Eine begonnene Löschung lässt sich nicht rückgängig machen.`,
    theirs: (name, until) => `${name} kann den Antrag bis ${until} ausführen.`,
  },
  actionsFor: (title) => `Aktionen: ${title}`,
  approve: 'Freigeben',
  approveTitle: 'Diesen Antrag freigeben?',
  ends: {
    refuse: {
      title: 'Diesen Antrag ablehnen?',
      text: (title) => `„${title}“ wird nicht ausgeführt. Das lässt sich nicht rückgängig machen.`,
      action: 'Ablehnen',
    },
    withdraw: {
      title: 'Diesen Antrag zurückziehen?',
      text: (title) => `„${title}“ wird nicht ausgeführt. Sie können es erneut beantragen.`,
      action: 'Zurückziehen',
    },
  },
  became: (title, status) =>
    `${{ approved: 'Freigegeben', refused: 'Abgelehnt', withdrawn: 'Zurückgezogen', voided: 'Ungültig' }[status]}: ${title}`,
  download: 'Herunterladen',
  downloading: (kilobytes) => `${kilobytes} KB`,
  downloaded: 'Audit-Logs heruntergeladen',
  remove: 'Alle Daten löschen',
  removed: 'Löschung begonnen',
  removeTitle: 'Löschung aller Daten beantragen',
  removeText: (name) =>
    `Löscht alle Daten von ${name}. Ein anderer Super-Admin muss das freigeben. Sobald die Löschung begonnen hat, lässt sie sich nicht rückgängig machen.`,
  extend: 'Supportzugriff verlängern',
  extended: 'Supportzugriff verlängert',
  extendTitle: 'Längeren Supportzugriff beantragen',
  extendText: (minutes) =>
    `Ihr Supportzugriff dauert ${minutes} Minuten länger, sobald ein anderer Super-Admin das freigegeben hat. Danach verlängern Sie ihn unter „Freigaben“.`,
  carryOut: 'Jetzt ausführen',
  done: 'Ausgeführt',
  notYet: 'Noch nicht erledigt. Es geht automatisch weiter.',
  columns: {
    request: 'Antrag',
    requestedBy: 'Beantragt von',
    decidedBy: 'Entschieden von',
    status: 'Status',
    at: 'Letzte Änderung',
  },
};

export const trail: typeof english.trail = {
  actions: {
    'approval.requested': 'Freigabe beantragt',
    'approval.approved': 'Antrag freigegeben',
    'approval.refused': 'Antrag abgelehnt',
    'approval.withdrawn': 'Antrag zurückgezogen',
    'approval.voided': 'Antrag ungültig',
    'approval.expired': 'Antrag abgelaufen',
    'approval.carried-out': 'Antrag ausgeführt',
  },
  fields: {
    kind: 'Antrag',
    input: 'Details',
    touches: 'Revisionen',
    hash: 'Fingerabdruck',
    reason: 'Begründung',
    requestedBy: 'Beantragt von',
    approvedBy: 'Freigegeben von',
    factor: 'Bestätigt mit',
    openUntil: 'Offen bis',
    waitsUntil: 'Ende der Wartezeit',
    endReason: 'Grund des Endes',
    outcome: 'Ergebnis',
  },
  values: {
    kind: {
      'super-admin.create': 'Super-Admin hinzufügen',
      'audit-feed.export': 'Alle Audit-Logs exportieren',
      'organization.remove-data': 'Alle Daten einer Organisation löschen',
      'support-access.extend': 'Supportzugriff verlängern',
    },
    factor: { first: 'erstem Faktor', second: 'zweitem Faktor' },
    status: {
      waiting: 'wartet auf Freigabe',
      approved: 'freigegeben',
      carried_out: 'erledigt',
      refused: 'abgelehnt',
      withdrawn: 'zurückgezogen',
      voided: 'ungültig',
      expired: 'abgelaufen',
    },
  },
};

export const refusals: Readonly<Record<keyof typeof approvalRefusals, string>> = {
  approval_needed:
    'Dafür ist die Freigabe eines zweiten Super-Admins nötig. Beantragen Sie sie unter „Freigaben“.',
  approval_pending: 'Dieser Antrag ist noch nicht freigegeben.',
  approval_waits: 'Das kann ab {from} ausgeführt werden.',
  approval_for_another_input:
    'Die Freigabe gilt für etwas anderes. Fordern Sie genau das an, was freigegeben wurde, oder stellen Sie einen neuen Antrag.',
  approval_used: 'Diese Freigabe wurde bereits genutzt. Stellen Sie einen neuen Antrag.',
  approval_of_another: 'Nur wer das beantragt hat, kann es ausführen.',
  own_request: 'Den eigenen Antrag können Sie weder freigeben noch ablehnen. Sie können ihn zurückziehen.',
  request_of_another: 'Nur wer das beantragt hat, kann es zurückziehen. Sie können es ablehnen.',
  not_an_active_super_admin: 'Das können nur aktive Super-Admins.',
  approval_not_found: 'Antrag nicht gefunden.',
  approval_ended: 'Dieser Antrag ist abgeschlossen. Laden Sie die Seite neu, um zu sehen, was passiert ist.',
  approval_void:
    'Dieser Antrag ist ungültig, weil sich sein Gegenstand geändert hat oder die beantragende Person kein Super-Admin mehr ist. Stellen Sie einen neuen Antrag.',
  shown_differently:
    'Der Antrag ist nicht der, den Sie gesehen haben. Laden Sie die Seite neu, und prüfen Sie ihn erneut.',
  super_admin_already: 'Diese Person ist bereits Super-Admin.',
};
