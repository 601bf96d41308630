import type { auditRefusals } from '../../../domain/audit/audit.refusals.ts';
import type * as english from './text.en.ts';

export const texts: typeof english.texts = {
  audit: 'Protokoll',
  entries: 'Einträge im Protokoll',
  none: 'Noch keine Einträge',
  noneText: 'Jede Änderung steht innerhalb von Sekunden hier.',
  noMatch: 'Kein Eintrag passt zu diesen Filtern',
  by: (name) => `von ${name}`,
  actingFor: (name) => `in Vertretung: ${name}`,
  system: (name) => `Das Produkt (${name})`,
  seed: 'Beispieldaten',
  unattributed: 'Unbekannt',
  actor: 'Wer',
  actorNameHint: 'Ein Name oder eine Personen-Id',
  organizationHint: 'Ihr Name, oder org_…',
  noSuchOrganization: 'Aus der Liste wählen, oder ihre Id angeben',
  actorHint: 'Eine Personen-Id',
  action: 'Was',
  actionHint: 'Etwa user.removed oder user.',
  resource: 'Woran',
  resourceHint: 'Etwa user/user_1 oder team/',
  organization: 'Organisation',
  details: 'Einzelheiten',
  when: 'Wann',
  request: 'Anfrage',
  address: 'Adresse',
  browser: 'Browser',
  export: 'Exportieren',
  exportCsv: 'Als CSV, für Tabellen',
  exportJson: 'Als JSON-Zeilen, ganze Einträge',
  exporting: (count) => `${count} KB bisher`,
  exported: 'Der Export ist vollständig.',
  more: 'Weiter zurück',
  title: 'Protokoll aller Organisationen',
};

export const trail: typeof english.trail = {
  actions: {
    'access.refused': 'Zugriff verweigert',
    'audit.exported': 'Protokoll exportiert',
    'import.applied': 'Import beendet',
    'import.started': 'Import begonnen',
    'import.undoing-started': 'Rücknahme eines Imports begonnen',
    'import.undone': 'Import zurückgenommen',
  },
  fields: {
    organizationId: 'Organisation',
    name: 'Name',
    description: 'Beschreibung',
    status: 'Status',
    createdBy: 'Angelegt von',
    access: 'Zugriff',
    runId: 'Lauf',
    state: 'Zustand',
  },
  values: {
    status: { active: 'aktiv' },
  },
};

export const refusals: Readonly<Record<keyof typeof auditRefusals, string>> = {
  entry_exists: 'Den Eintrag gibt es schon.',
  access_event_exists: 'Das Ereignis gibt es schon.',
};
