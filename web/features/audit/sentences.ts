import type { ReactNode } from 'react';
import type { Language } from '../../text/language.tsx';
import { type Sentence, type SentencesByLanguage, sentence, type Told } from '../../text/sentence.ts';

const verbsInEnglish: Readonly<Record<string, string>> = {
  create: 'create',
  read: 'open',
  list: 'view',
  update: 'change',
  delete: 'delete',
  export: 'export',
  undo: 'undo changes in',
};

const thingsInEnglish: Readonly<Record<string, string>> = {
  ApiKey: 'API keys',
  AuditEntry: 'the audit log',
  Access: 'permissions',
  Analytics: 'analytics',
  CheckIn: 'check-ins',
  Initiative: 'initiatives',
  Comment: 'comments',
  Invitation: 'invitations',
  Kpi: 'KPIs',
  Onboarding: 'onboarding',
  Organization: 'organizations',
  Subscription: 'plans',
  SupportAccess: 'support access',
  SupportConsent: 'support access',
  Team: 'teams',
  TeamMember: 'team members',
  UsageSnapshot: 'usage',
  User: 'users',
  Webhook: 'webhooks',
};

const refusedInEnglish: Sentence = ({ who, stored }) => {
  const [verb = '', thing = ''] = String(stored('access.asked') ?? '').split(' ');
  const times = stored('access.times');
  const often = times === undefined ? '' : ` (${String(times)} times)`;
  return verbsInEnglish[verb] === undefined || thingsInEnglish[thing] === undefined
    ? sentence`${who} was denied access${often}`
    : sentence`${who} was denied permission to ${verbsInEnglish[verb]} ${thingsInEnglish[thing]}${often}`;
};

const verbsInGerman: Readonly<Record<string, string>> = {
  create: 'erstellen',
  read: 'öffnen',
  list: 'ansehen',
  update: 'ändern',
  delete: 'löschen',
  export: 'exportieren',
  undo: 'zum Rückgängigmachen nutzen',
};

const thingsInGerman: Readonly<Record<string, string>> = {
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

const refusedInGerman: Sentence = ({ who, stored }) => {
  const [verb = '', thing = ''] = String(stored('access.asked') ?? '').split(' ');
  const times = stored('access.times');
  const often = times === undefined ? '' : ` (${String(times)}-mal)`;
  return verbsInGerman[verb] === undefined || thingsInGerman[thing] === undefined
    ? sentence`${who} hatte keine Berechtigung${often}`
    : sentence`${who} durfte ${thingsInGerman[thing]} nicht ${verbsInGerman[verb]}${often}`;
};

export const sentences: SentencesByLanguage = {
  en: {
    actions: {
      'access.refused': refusedInEnglish,
      'audit.exported': ({ who, stored }) =>
        Object.keys(stored('access.filter') ?? {}).length === 0
          ? sentence`${who} exported the audit log`
          : sentence`${who} exported part of the audit log`,
      'audit.checkpoint-requested': ({ who }) => sentence`${who} requested a checkpoint of the audit log`,
      'import.started': () => 'An import started',
      'import.applied': () => 'An import finished',
      'import.undoing-started': () => 'An import is being undone',
      'import.undone': () => 'An import was undone',
    },
    fields: {
      name: 'the name',
      description: 'the description',
      status: 'the status',
      note: 'the comment',
    },
  },
  de: {
    actions: {
      'access.refused': refusedInGerman,
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
  },
};

/** How a language describes changes for which no feature has a sentence. Fields as in `Sentences.fields`. */
export interface Grammar {
  readonly renamed: (told: Told, before: ReactNode) => ReactNode;
  readonly fromTo: (told: Told, field: string, before: ReactNode, after: ReactNode) => ReactNode;
  readonly setTo: (told: Told, field: string, after: ReactNode) => ReactNode;
  readonly cleared: (told: Told, field: string) => ReactNode;
  /** @param fields one or more names, as a list */
  readonly edited: (told: Told, fields: string) => ReactNode;
  /** A field without a phrase of its own, by name. */
  readonly field: (name: string) => string;
  /** Further fields, at the end of a list. */
  readonly others: (count: number) => string;
  /** An action by its name: "Team created". */
  readonly plain: (told: Told, action: ReactNode) => ReactNode;
  /** Something was restored; `fields` lists its names, empty if there are none. */
  readonly undid: (told: Told, fields: string) => ReactNode;
  /** Something that an undo had restored was removed again. */
  readonly undidRestoring: (told: Told) => ReactNode;
  /** Several repetitions of an action, by action. */
  readonly times: Readonly<Record<string, (told: Told, count: number) => ReactNode>>;
}

export const grammar: Readonly<Record<Language, Grammar>> = {
  en: {
    renamed: ({ who, it }, before) => sentence`${who} renamed ${before} to ${it}`,
    fromTo: ({ who, it }, field, before, after) =>
      sentence`${who} changed ${field} of ${it} from ${before} to ${after}`,
    setTo: ({ who, it }, field, after) => sentence`${who} set ${field} of ${it} to ${after}`,
    cleared: ({ who, it }, field) => sentence`${who} removed ${field} from ${it}`,
    edited: ({ who, it }, fields) => sentence`${who} changed ${fields} of ${it}`,
    field: (name) => `“${name}”`,
    others: (count) => (count === 1 ? '1 more field' : `${count} more fields`),
    plain: ({ who, it }, action) => sentence`${who}: ${action} ${it}`,
    undid: ({ who, it }, fields) =>
      fields === ''
        ? sentence`${who} undid a change to ${it}`
        : sentence`${who} undid a change to ${it}: ${fields}`,
    undidRestoring: ({ who, it }) => sentence`${who} undid restoring ${it}`,
    times: {
      'session.started': ({ who }, count) => sentence`${who} signed in ${count} times`,
      'check-in.created': ({ who }, count) => sentence`${who} checked in ${count} times`,
      'support-access.viewed': ({ who }, count) => sentence`${who} viewed ${count} pages via support access`,
      'access.refused': ({ who }, count) => sentence`${who} was denied access ${count} times`,
    },
  },
  de: {
    renamed: ({ who, it }, before) => sentence`${who} hat ${before} in ${it} umbenannt`,
    fromTo: ({ who, it }, field, before, after) =>
      sentence`${who} hat bei ${it} ${field} von ${before} auf ${after} geändert`,
    setTo: ({ who, it }, field, after) => sentence`${who} hat bei ${it} ${field} auf ${after} gesetzt`,
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
        sentence`${who} hat per Supportzugriff ${count} Seiten angesehen`,
      'access.refused': ({ who }, count) => sentence`${who} wurde ${count}-mal der Zugriff verweigert`,
    },
  },
};
