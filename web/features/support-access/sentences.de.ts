import { type Sentence, type Sentences, sentence } from '../../text/sentence.ts';

const kinds: Readonly<Record<string, string>> = {
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
};

const things: Readonly<Record<string, string>> = {
  kpi: 'den KPI',
  team: 'das Team',
  user: 'die Person',
  invitation: 'eine Einladung',
  entry: 'einen Eintrag des Audit-Logs',
  initiative: 'eine Maßnahme',
};

const named = new Set(['kpi', 'team', 'user']);

const viewed: Sentence = ({ who, now, stored }) => {
  const seen = String(stored('access.seen') ?? '');
  const thing = named.has(seen)
    ? sentence`${things[seen]} ${now('access.thing')}`
    : (kinds[seen] ?? things[seen] ?? seen);
  return stored('access.viewedAs') === undefined
    ? sentence`${who} hat ${thing} angesehen`
    : sentence`${who} hat ${thing} in der Ansicht von ${now('access.viewedAs')} angesehen`;
};

const forReason: (verb: string) => Sentence =
  (verb) =>
  ({ who, now, stored }) =>
    sentence`${who} hat Supportzugriff ${verb} (${now('mode')}, ${String(stored('minutes') ?? '')} Minuten): ${now('reason')}`;

export const sentences: Sentences = {
  actions: {
    'support-access.viewed': viewed,
    'support-access.opened': forReason('geöffnet'),
    'support-access.emergency-opened': forReason('in einem Notfall geöffnet'),
    'support-access.requested': forReason('angefragt'),
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
};
