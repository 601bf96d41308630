import type { auditRefusals } from '../../../domain/audit/audit.refusals.ts';
import type * as english from './text.en.ts';

export const texts: typeof english.texts = {
  audit: 'Audit-Log',
  entries: 'Einträge im Audit-Log',
  none: 'Noch keine Einträge',
  noneText: 'Änderungen erscheinen hier innerhalb von Sekunden.',
  noMatch: 'Keine Einträge zu diesen Filtern',
  by: (name) => `von ${name}`,
  actingFor: (name) => `in Vertretung: ${name}`,
  system: (name) => `System (${name})`,
  seed: 'Beispieldaten',
  unattributed: 'Unbekannt',
  actor: 'Person',
  actorNameHint: 'Name oder Personen-ID',
  organizationHint: 'Name oder Organisations-ID',
  noSuchOrganization: 'Wählen Sie eine Organisation aus der Liste oder geben Sie ihre ID ein',
  actorHint: 'Personen-ID',
  action: 'Aktion',
  actionHint: 'Zum Beispiel user.removed oder user.',
  resource: 'Objekt',
  resourceHint: 'Zum Beispiel user/user_1 oder team/',
  organization: 'Organisation',
  details: 'Details',
  when: 'Zeit',
  request: 'Anfrage',
  address: 'IP-Adresse',
  browser: 'Browser',
  export: 'Exportieren',
  exportCsv: 'CSV für Tabellenprogramme',
  exportJson: 'JSON Lines mit allen Feldern',
  exporting: (count) => `${count} KB exportiert`,
  exported: 'Export abgeschlossen',
  more: 'Ältere laden',
  title: 'Audit-Log, alle Organisationen',
};

export const trail: typeof english.trail = {
  actions: {
    'access.refused': 'Zugriff verweigert',
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
    access: 'Zugriff',
    runId: 'Job',
    state: 'Zustand',
  },
  values: {
    status: { active: 'aktiv' },
  },
};

export const refusals: Readonly<Record<keyof typeof auditRefusals, string>> = {
  entry_exists: 'Dieser Eintrag ist bereits vorhanden.',
  access_event_exists: 'Dieses Ereignis ist bereits vorhanden.',
};
