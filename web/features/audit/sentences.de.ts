import { type Sentence, type Sentences, sentence } from '../../text/sentence.ts';
import type { Grammar } from './grammar.ts';

const verbs: Readonly<Record<string, string>> = {
  create: 'erstellen',
  read: 'öffnen',
  list: 'ansehen',
  update: 'ändern',
  delete: 'löschen',
  export: 'exportieren',
  undo: 'zum Rückgängigmachen nutzen',
};

const things: Readonly<Record<string, string>> = {
  ApiKey: 'API-Schlüssel',
  AuditEntry: 'das Audit-Log',
  Access: 'Berechtigungen',
  Analytics: 'Auswertungen',
  CheckIn: 'Check-ins',
  Initiative: 'Maßnahmen',
  Comment: 'Kommentare',
  Invitation: 'Einladungen',
  Kpi: 'KPIs',
  Onboarding: 'das Onboarding',
  Organization: 'Organisationen',
  Subscription: 'Tarife',
  SupportAccess: 'Supportzugriff',
  SupportConsent: 'Supportzugriff',
  Team: 'Teams',
  TeamMember: 'Teammitglieder',
  UsageSnapshot: 'die Nutzung',
  User: 'Personen',
  Webhook: 'Webhooks',
};

const refused: Sentence = ({ who, stored }) => {
  const [verb = '', thing = ''] = String(stored('access.asked') ?? '').split(' ');
  const times = stored('access.times');
  const often = times === undefined ? '' : ` (${String(times)}-mal)`;
  return verbs[verb] === undefined || things[thing] === undefined
    ? sentence`${who} hatte keine Berechtigung${often}`
    : sentence`${who} durfte ${things[thing]} nicht ${verbs[verb]}${often}`;
};

export const sentences: Sentences = {
  actions: {
    'access.refused': refused,
    'audit.exported': ({ who, stored }) =>
      Object.keys(stored('access.filter') ?? {}).length === 0
        ? sentence`${who} hat das Audit-Log exportiert`
        : sentence`${who} hat einen Teil des Audit-Logs exportiert`,
    'audit.checkpoint-requested': ({ who }) =>
      sentence`${who} hat einen Prüfpunkt des Audit-Logs angefordert`,
    'import.started': () => 'Ein Import hat begonnen',
    'import.applied': () => 'Ein Import ist abgeschlossen',
    'import.undoing-started': () => 'Ein Import wird rückgängig gemacht',
    'import.undone': () => 'Ein Import wurde rückgängig gemacht',
  },
  fields: {
    name: 'den Namen',
    description: 'die Beschreibung',
    status: 'den Status',
    note: 'den Kommentar',
  },
};

export const grammar: Grammar = {
  renamed: ({ who, it }, before) => sentence`${who} hat ${before} in ${it} umbenannt`,
  fromTo: ({ who, it }, field, before, after) =>
    sentence`${who} hat ${field} von ${it} von ${before} auf ${after} geändert`,
  setTo: ({ who, it }, field, after) => sentence`${who} hat ${field} von ${it} auf ${after} gesetzt`,
  cleared: ({ who, it }, field) => sentence`${who} hat ${field} von ${it} entfernt`,
  edited: ({ who, it }, fields) => sentence`${who} hat bei ${it} ${fields} geändert`,
  field: (name) => `„${name}“`,
  others: (count) => (count === 1 ? '1 weiteres Feld' : `${count} weitere Felder`),
  plain: ({ who, it }, action) => sentence`${who}: ${action} ${it}`,
  undid: ({ who, it }, fields) =>
    fields === ''
      ? sentence`${who} hat eine Änderung an ${it} rückgängig gemacht`
      : sentence`${who} hat eine Änderung an ${it} rückgängig gemacht: ${fields}`,
  undidRestoring: ({ who, it }) => sentence`${who} hat die Wiederherstellung von ${it} rückgängig gemacht`,
  times: {
    'session.started': ({ who }, count) => sentence`${who} hat sich ${count}-mal angemeldet`,
    'check-in.created': ({ who }, count) => sentence`${who} hat ${count} Check-ins eingetragen`,
    'support-access.viewed': ({ who }, count) =>
      sentence`${who} hat im Supportzugriff ${count} Seiten angesehen`,
    'access.refused': ({ who }, count) => sentence`${who} wurde ${count}-mal der Zugriff verweigert`,
  },
};
