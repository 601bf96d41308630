import type { auditRefusals } from '../../../domain/audit/audit.refusals.ts';
import type { undoRefusals } from '../../../domain/undo/undo.refusals.ts';
import { inGerman } from '../../text/count.ts';
import { proving } from './proving-text.de.ts';
import type * as english from './text.en.ts';

export const texts: typeof english.texts = {
  audit: 'Audit-Log',
  title: 'Audit-Log, alle Organisationen',
  entries: 'Einträge im Audit-Log',
  none: 'Noch keine Aktivität',
  noneText: 'Änderungen erscheinen hier innerhalb von Sekunden.',
  noMatch: 'Keine Einträge zu diesen Filtern',
  noSuchEntry: 'Diesen Eintrag gibt es nicht oder nicht mehr',
  more: 'Ältere laden',
  activity: 'Aktivität',
  noActivity: 'Keine Aktivität in den letzten 90 Tagen',
  seeAll: 'Alle im Audit-Log ansehen',
  things: {
    user: 'eine Person',
    team: '(unbekannt)',
    kpi: 'einen KPI',
    org: 'eine Organisation',
    other: '(unbekannt)',
  },
  gone: { user: 'ein ehemaliges Mitglied', team: '(gelöscht)', kpi: 'einen gelöschten KPI' },
  actors: {
    clerk: 'Clerk',
    system: 'System',
    import: 'Import',
    seed: 'Beispieldaten',
    support: 'Aligno-Support',
    outsider: 'Jemand von außerhalb',
    unknown: 'Unbekannt',
    person: 'Eine Person',
  },
  support: (name) => `${name} (Aligno-Support)`,
  as: 'als',
  imported: 'Importiert',
  moreChanges: (count) =>
    count === 1 ? 'und 1 weitere Änderung' : `und ${inGerman(count)} weitere Änderungen`,
  each: 'Einzeln anzeigen',
  details: 'Details',
  changes: 'Änderungen',
  content: 'Inhalt',
  field: 'Feld',
  value: 'Wert',
  before: 'Vorher',
  after: 'Nachher',
  yes: 'Ja',
  no: 'Nein',
  when: 'Zeitpunkt',
  request: 'Anfrage-ID',
  address: 'IP-Adresse',
  browser: 'Browser',
  browserOn: ({ name, system }) => (system === null ? name : `${name} unter ${system}`),
  copyJson: 'JSON kopieren',
  copied: 'Kopiert',
  ...proving,
  undo: {
    undo: 'Rückgängig machen',
    restore: 'Wiederherstellen',
    titles: {
      puts_back: 'Diese Änderung rückgängig machen?',
      brings_back: 'Wiederherstellen?',
      takes_away: 'Rückgängig machen?',
    },
    confirm: {
      puts_back: 'Rückgängig machen',
      brings_back: 'Wiederherstellen',
      takes_away: 'Rückgängig machen',
    },
    done: {
      puts_back: 'Änderung rückgängig gemacht',
      brings_back: 'Wiederhergestellt',
      takes_away: 'Änderung rückgängig gemacht',
    },
    now: 'Jetzt',
    afterwards: 'Danach',
    outcomes: {
      as_before: 'Bereits wie zuvor',
      changed_since: 'Seitdem geändert. Bleibt unverändert',
      not_allowed: 'Keine Berechtigung. Bleibt unverändert',
      gone: 'Der frühere Wert existiert nicht mehr. Bleibt unverändert',
    },
    effects: {
      members_return: ({ count = 0 }) =>
        count === 1
          ? '1 Person kommt zurück ins Team.'
          : `${inGerman(count)} Personen kommen zurück ins Team.`,
      member_left_out: ({ name }) =>
        `${name ?? 'Ein früheres Mitglied'} kommt nicht ins Team zurück: nicht mehr in der Organisation oder in zu vielen Teams.`,
      lead_as_member: ({ name = 'Die Leitung' }) =>
        `${name} kommt als Mitglied zurück: Das Team hat inzwischen eine andere Leitung, oder die Rolle erlaubt keine Leitung.`,
      lead_replaced: ({ name = 'Die jetzige Leitung' }) =>
        `${name} leitet das Team derzeit und wird wieder Mitglied.`,
      lead_given_up: ({ name = 'Diese Person', count = 0 }) =>
        count === 1
          ? `${name} leitet 1 Team nicht mehr.`
          : `${name} leitet ${inGerman(count)} Teams nicht mehr.`,
      check_ins_return: () =>
        'Check-ins, Maßnahmen und Kommentare werden wiederhergestellt, soweit sie nicht abgelaufen sind.',
      assignee_left_out: ({ name = 'Ein früheres Mitglied' }) =>
        `${name} ist hier nicht mehr aktiv und wird nicht erneut zugewiesen.`,
      teams_return: ({ count = 0 }) =>
        count === 1
          ? 'Die Person kommt in 1 Team zurück.'
          : `Die Person kommt in ${inGerman(count)} Teams zurück.`,
      team_left_out: ({ name }) =>
        name === undefined
          ? 'Ein früheres Team der Person existiert nicht mehr.'
          : `${name} ist voll: Die Person kommt nicht zurück in dieses Team.`,
      team_as_member: ({ name = 'Ein Team' }) =>
        `${name} hat inzwischen eine andere Leitung, oder die Rolle erlaubt keine Leitung: Die Person wird dort Mitglied.`,
    },
    until: (date) => `Möglich bis ${date}. Das Audit-Log behält beide Änderungen.`,
    undoneBy: (name, date) => `Am ${date} rückgängig gemacht von ${name}.`,
    someone: 'Unbekannt',
    undoes: 'Macht rückgängig',
    open: 'Rückgängig gemachte Änderung ansehen',
  },
  actor: 'Person',
  action: 'Aktivität',
  inSupport: 'per Supportzugriff',
  withheld:
    'Die Details dieses Eintrags sind nur mit Supportzugriff sichtbar. Öffnen Sie die Organisation, um sie zu sehen.',
  about: 'Betrifft',
  organization: 'Organisation',
  people: 'Personen',
  notPeople: 'Automatisch',
  automatic: {
    'system:clerk-webhook': 'Clerk',
    'system:import': 'Import',
    'system:invitations': 'System (Einladungen)',
    'system:expiry': 'System (abgelaufene Daten)',
    unattributed: 'Unbekannt',
  },
  nothingFound: 'Keine Treffer',
  allOf: (noun) => `Alle: ${noun}`,
  nouns: {
    access: 'Verweigerter Zugriff',
    audit: 'Exporte',
    'check-in': 'Check-ins',
    import: 'Importe',
    initiative: 'Maßnahmen',
    comment: 'Kommentare',
    invitation: 'Einladungen',
    kpi: 'KPIs',
    organization: 'Organisation',
    session: 'Anmeldungen',
    subscription: 'Tarif',
    team: 'Teams',
    'usage-run': 'Nutzungsjobs',
    user: 'Personen',
  },
  period: 'Zeitraum',
  periods: {
    any: 'Gesamter Zeitraum',
    today: 'Heute',
    week: 'Letzte 7 Tage',
    month: 'Letzte 30 Tage',
    quarter: 'Letzte 90 Tage',
    custom: 'Eigener Zeitraum …',
  },
  removeFilter: (filter) => `Filter entfernen: ${filter}`,
  clear: 'Filter zurücksetzen',
  export: 'Exportieren',
  needsApproval: 'Ein anderer Super-Admin muss das freigeben',
  exportCsv: 'CSV für Tabellenprogramme',
  exportJson: 'JSON Lines mit allen Feldern',
  exporting: (count) => `${inGerman(count)} KB exportiert`,
  exported: 'Export abgeschlossen',
};

export const trail: typeof english.trail = {
  actions: {
    'access.refused': 'Zugriff verweigert',
    'audit.checkpoint-requested': 'Prüfpunkt angefordert',
    'audit.exported': 'Audit-Log exportiert',
    'import.applied': 'Import abgeschlossen',
    'import.started': 'Import gestartet',
    'import.undoing-started': 'Rückgängigmachen des Imports gestartet',
    'import.undone': 'Import rückgängig gemacht',
  },
  fields: {
    organizationId: 'Organisation',
    name: 'Name',
    description: 'Beschreibung',
    status: 'Status',
    createdBy: 'Erstellt von',
    date: 'Datum',
    access: 'Zugriff',
    runId: 'Import',
    state: 'Status',
    filter: 'Filter',
    actor: 'Person',
    action: 'Aktivität',
    resource: 'Ressource',
    about: 'Betrifft',
    from: 'Von',
  },
  values: {
    status: { active: 'aktiv' },
  },
};

const ofUndo: Readonly<Record<keyof typeof undoRefusals, string>> = {
  undo_entry_not_found: 'Diesen Eintrag gibt es nicht oder nicht mehr.',
  undo_expired: 'Änderungen lassen sich {days} Tage lang rückgängig machen. Diese liegt weiter zurück.',
  undo_done: '{name} hat das bereits rückgängig gemacht.',
  undo_done_meanwhile: 'Das wurde gerade von jemand anderem rückgängig gemacht.',
  undo_overtaken: 'All das wurde seitdem geändert. Es gibt nichts mehr zurückzusetzen.',
  undo_changed_since: 'Das wurde seitdem geändert und lässt sich deshalb nicht einfach wieder entfernen.',
  undo_gone: 'Das Geänderte existiert nicht mehr. Machen Sie zuerst die Löschung rückgängig.',
  undo_team_gone: 'Das Team existiert nicht mehr. Machen Sie zuerst die Löschung rückgängig.',
  undo_kpi_gone: 'Der KPI existiert nicht mehr. Machen Sie zuerst die Löschung rückgängig.',
  undo_person_gone:
    'Diese Person gehört nicht mehr zur Organisation. Machen Sie zuerst das Entfernen rückgängig.',
  undo_owner_gone:
    'Die verantwortliche Person oder das Team ist nicht mehr hier. Stellen Sie sie zuerst wieder her.',
  undo_there_again: 'Das existiert bereits.',
  undo_record_gone: 'Das Gelöschte ist nicht mehr gespeichert.',
  undo_outdated: 'Der frühere Wert ist nicht mehr erlaubt.',
  undo_account_not_free:
    'Das Konto dieser Person kann nicht wieder beitreten. Laden Sie die Person stattdessen ein.',
  undo_too_large: 'Diese Person ist in {teams} Teams. Entfernen Sie sie auf ihrer eigenen Seite.',
  undo_not_allowed:
    'Sie können das nicht rückgängig machen, weil Ihnen die Berechtigung für diese Änderung fehlt.',
  undo_of_erased:
    'Aus diesem Eintrag wurden personenbezogene Daten gelöscht, deshalb lässt er sich nicht rückgängig machen.',
  undo_of_creation:
    'Das Erstellen lässt sich hier nicht rückgängig machen. Löschen Sie das Erstellte auf seiner Seite.',
  undo_of_import: 'Ein Import lässt sich nur als Ganzes rückgängig machen.',
  undo_of_account: 'Das wurde im Konto der Person geändert und lässt sich nur dort ändern.',
  undo_of_platform: 'Nur ein Super-Admin der Plattform kann das zurückändern.',
  undo_of_invitation:
    'Die E-Mail einer Einladung lässt sich nicht zurückholen. Widerrufen Sie die Einladung oder laden Sie neu ein.',
  undo_of_joining:
    'Ein Beitritt lässt sich nicht rückgängig machen. Entfernen Sie die Person auf ihrer Seite.',
  undo_of_check_in: 'Einen Check-in können Sie auf der Seite des KPI korrigieren oder neu eintragen.',
  undo_of_event: 'Hier wurde nichts geändert, was sich rückgängig machen ließe.',
  undo_of_expiry: 'Endgültig Gelöschtes lässt sich nicht wiederherstellen.',
  undo_of_other: 'Solche Änderungen lassen sich nicht rückgängig machen.',
};

export const refusals: Readonly<Record<keyof typeof auditRefusals | keyof typeof undoRefusals, string>> = {
  ...ofUndo,
  no_checkpoint: 'Für dieses Audit-Log gibt es noch keinen Prüfpunkt. Fordern Sie zuerst einen an.',
  entry_erased:
    'Aus diesem Eintrag wurden personenbezogene Daten gelöscht, deshalb gibt es für ihn keinen Beleg. Die Nachweisdatei des ganzen Logs weist ihn nach.',
  entry_not_sealed: 'Dieser Eintrag ist noch von keinem Prüfpunkt erfasst. Fordern Sie zuerst einen an.',
  entry_exists: 'Dieser Eintrag ist bereits vorhanden.',
  access_event_exists: 'Dieses Ereignis ist bereits vorhanden.',
};
