import type { ReactNode } from 'react';
import { type Sentence, type SentencesByLanguage, sentence, type Told } from '../../text/sentence.ts';

const seenInEnglish = {
  Access: 'permissions',
  Analytics: 'analytics',
  AuditEntry: 'the audit log',
  CheckIn: 'check-ins',
  Initiative: 'initiatives',
  Invitation: 'invitations',
  Kpi: 'KPIs',
  Onboarding: 'the onboarding',
  Organization: 'the organization’s profile',
  Team: 'teams',
  UsageSnapshot: 'usage figures',
  User: 'users',
  kpi: 'KPI',
  team: 'team',
  user: 'user',
  invitation: 'an invitation',
  entry: 'an audit log entry',
  initiative: 'an initiative',
};

const seenInGerman = {
  Access: 'Berechtigungen',
  Analytics: 'Auswertungen',
  AuditEntry: 'das Audit-Log',
  CheckIn: 'Check-ins',
  Initiative: 'Maßnahmen',
  Invitation: 'Einladungen',
  Kpi: 'KPIs',
  Onboarding: 'das Onboarding',
  Organization: 'das Profil der Organisation',
  Team: 'Teams',
  UsageSnapshot: 'Nutzungszahlen',
  User: 'Personen',
  kpi: 'den KPI',
  team: 'das Team',
  user: 'die Person',
  invitation: 'eine Einladung',
  entry: 'einen Eintrag des Audit-Logs',
  initiative: 'eine Maßnahme',
};

/** What was viewed, by name if it is one item that has one. */
const viewed = ({ now, stored }: Told, words: Readonly<Record<string, string>>): ReactNode => {
  const seen = String(stored('access.seen') ?? '');
  return ['kpi', 'team', 'user'].includes(seen)
    ? sentence`${words[seen]} ${now('access.thing')}`
    : (words[seen] ?? seen);
};

const inEnglish =
  (verb: string): Sentence =>
  ({ who, now, stored }) =>
    sentence`${who} ${verb} (${now('mode')}, ${String(stored('minutes') ?? '')} minutes): ${now('reason')}`;

const inGerman =
  (verb: string): Sentence =>
  ({ who, now, stored }) =>
    sentence`${who} hat Supportzugriff ${verb} (${now('mode')}, ${String(stored('minutes') ?? '')} Minuten): ${now('reason')}`;

export const sentences: SentencesByLanguage = {
  en: {
    actions: {
      'support-access.viewed': (told) =>
        told.stored('access.viewedAs') === undefined
          ? sentence`${told.who} viewed ${viewed(told, seenInEnglish)}`
          : sentence`${told.who} viewed ${viewed(told, seenInEnglish)} as ${told.now('access.viewedAs')}`,
      'support-access.opened': inEnglish('opened support access'),
      'support-access.emergency-opened': inEnglish('opened support access in an emergency'),
      'support-access.requested': inEnglish('requested support access'),
      'support-access.granted': ({ who, now }) =>
        sentence`${who} granted ${now('operatorName')} support access (${now('mode')}) until ${now('until')}`,
      'support-access.declined': ({ who, now }) =>
        sentence`${who} declined the support access requested by ${now('operatorName')}`,
      'support-access.narrowed': ({ who, now }) =>
        sentence`${who} narrowed the support access of ${now('operatorName')}: ${now('mode')}, until ${now('until')}`,
      'support-access.extended': ({ who, now }) =>
        sentence`${who} extended support access until ${now('until')}`,
      'support-access.ended': ({ who, now, stored }) =>
        stored('endedBy.id') === stored('operatorId')
          ? sentence`${who} ended support access`
          : sentence`${who} ended the support access of ${now('operatorName')}`,
      'support-access.view-started': ({ who, now }) =>
        sentence`${who} started viewing the organization as ${now('viewingAs')}`,
      'support-access.view-ended': ({ who, was }) =>
        sentence`${who} stopped viewing the organization as ${was('viewingAs')}`,
    },
    fields: { mode: 'the access', until: 'the end', reason: 'the reason' },
  },
  de: {
    actions: {
      'support-access.viewed': (told) =>
        told.stored('access.viewedAs') === undefined
          ? sentence`${told.who} hat ${viewed(told, seenInGerman)} angesehen`
          : sentence`${told.who} hat ${viewed(told, seenInGerman)} in der Ansicht von ${told.now('access.viewedAs')} angesehen`,
      'support-access.opened': inGerman('geöffnet'),
      'support-access.emergency-opened': inGerman('in einem Notfall geöffnet'),
      'support-access.requested': inGerman('angefragt'),
      'support-access.granted': ({ who, now }) =>
        sentence`${who} hat Supportzugriff für ${now('operatorName')} (${now('mode')}) bis ${now('until')} gewährt`,
      'support-access.declined': ({ who, now }) =>
        sentence`${who} hat die Anfrage von ${now('operatorName')} auf Supportzugriff abgelehnt`,
      'support-access.narrowed': ({ who, now }) =>
        sentence`${who} hat den Supportzugriff von ${now('operatorName')} eingeschränkt: ${now('mode')}, bis ${now('until')}`,
      'support-access.extended': ({ who, now }) =>
        sentence`${who} hat den Supportzugriff bis ${now('until')} verlängert`,
      'support-access.ended': ({ who, now, stored }) =>
        stored('endedBy.id') === stored('operatorId')
          ? sentence`${who} hat den Supportzugriff beendet`
          : sentence`${who} hat den Supportzugriff von ${now('operatorName')} beendet`,
      'support-access.view-started': ({ who, now }) =>
        sentence`${who} hat die Ansicht von ${now('viewingAs')} begonnen`,
      'support-access.view-ended': ({ who, was }) =>
        sentence`${who} hat die Ansicht von ${was('viewingAs')} beendet`,
    },
    fields: { mode: 'den Zugriff', until: 'das Ende', reason: 'den Grund' },
  },
};
