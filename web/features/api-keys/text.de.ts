import type { apiKeyRefusals } from '../../../domain/api-key/api-key.schema.ts';
import { inGerman } from '../../text/count.ts';
import type * as english from './text.en.ts';

export const texts: typeof english.texts = {
  title: 'API-Schlüssel',
  about:
    'Mit API-Schlüsseln lesen und ändern Programme die Daten dieser Organisation über die API, soweit es die gewählten Berechtigungen zulassen.',
  none: 'Noch keine API-Schlüssel',
  noneText: 'Erstellen Sie einen, damit ein Programm Daten lesen oder Check-ins eintragen kann.',
  newOne: 'Neuer API-Schlüssel',
  create: 'API-Schlüssel erstellen',
  name: 'Name',
  nameHint: 'Wofür er verwendet wird, zum Beispiel „Nächtlicher Import“',
  owner: 'Zuordnung',
  owners: { organization: 'Organisation', person: 'Sie persönlich' },
  ownerHints: {
    organization: 'Bleibt gültig, wenn Sie die Organisation verlassen.',
    person:
      'Hat höchstens Ihre eigenen Berechtigungen. Wird ungültig, wenn Sie deaktiviert oder entfernt werden.',
  },
  person: 'Person',
  scopes: 'Berechtigungen',
  scopesHint: 'Wählen Sie nur, was das Programm braucht.',
  scopeNames: {
    'organization:read': 'Organisation: lesen',
    'users:read': 'Personen: lesen',
    'invitations:read': 'Einladungen: lesen',
    'teams:read': 'Teams: lesen',
    'teams:write': 'Teams: ändern',
    'kpis:read': 'KPIs: lesen',
    'kpis:write': 'KPIs: ändern',
    'check-ins:read': 'Check-ins: lesen',
    'check-ins:write': 'Check-ins: ändern',
    'initiatives:read': 'Maßnahmen: lesen',
    'initiatives:write': 'Maßnahmen: ändern',
    'analytics:read': 'Auswertungen: lesen',
    'audit:read': 'Audit-Log: lesen und exportieren',
  },
  scopeCount: (count) => (count === 1 ? '1 Berechtigung' : `${inGerman(count)} Berechtigungen`),
  endsAt: 'Läuft ab',
  lasts: { '30': 'In 30 Tagen', '90': 'In 90 Tagen', '365': 'In einem Jahr', never: 'Nie' },
  neverUsed: 'Nie verwendet',
  neverEnds: 'Läuft nicht ab',
  expired: 'Abgelaufen',
  lastUsedAt: 'Zuletzt verwendet',
  created: 'Erstellt',
  by: 'Erstellt von',
  key: 'Schlüssel',
  ending: (ending) => `…${ending}`,
  madeTitle: (name) => `${name} erstellt`,
  madeText:
    'Kopieren Sie den Schlüssel jetzt und bewahren Sie ihn sicher auf. Er wird nicht noch einmal angezeigt.',
  theKey: 'API-Schlüssel',
  lostText:
    'Der Schlüssel wurde erstellt, konnte aber nicht angezeigt werden. Widerrufen Sie ihn und erstellen Sie einen neuen.',
  done: 'Schlüssel ist gespeichert',
  revoke: 'Widerrufen',
  revokeOf: (name) => `${name} widerrufen`,
  revokeTitle: (name) => `${name} widerrufen?`,
  revokeText:
    'Programme mit diesem Schlüssel verlieren sofort den Zugriff. Das kann nicht rückgängig gemacht werden.',
  revokeNow: 'API-Schlüssel widerrufen',
  revoked: (name) => `API-Schlüssel ${name} widerrufen`,
};

export const trail: typeof english.trail = {
  actions: {
    'api-key.created': 'API-Schlüssel erstellt',
    'api-key.used': 'API-Schlüssel zum ersten Mal oder nach 30 Tagen wieder verwendet',
    'api-key.revoked': 'API-Schlüssel widerrufen',
  },
  fields: {
    apiKeyId: 'API-Schlüssel',
    owner: 'Zuordnung',
    scopes: 'Berechtigungen',
    endsAt: 'Läuft ab',
    lastUsedAt: 'Zuletzt verwendet',
  },
};

export const refusals: Readonly<Record<keyof typeof apiKeyRefusals, string>> = {
  api_key_not_found: 'API-Schlüssel nicht gefunden.',
  too_many_api_keys:
    'Eine Organisation kann {most} API-Schlüssel haben. Widerrufen Sie einen, den Sie nicht brauchen.',
  ends_in_the_past: 'Wählen Sie einen Zeitpunkt in der Zukunft',
  scope_above_own: 'Ihre Rolle hat die Berechtigung {scope} nicht. Sie können sie keinem Schlüssel geben.',
  key_malformed: 'Das ist kein vollständiger API-Schlüssel dieser Umgebung.',
  key_unknown: 'Der API-Schlüssel ist nicht gültig. Vielleicht wurde er widerrufen.',
  key_expired: 'Der API-Schlüssel ist abgelaufen.',
  key_owner_gone: 'Die Person, der dieser API-Schlüssel gehört, ist nicht mehr aktiv.',
  not_for_keys: 'Das geht nicht mit einem API-Schlüssel. Melden Sie sich an.',
  scope_missing: 'Dem API-Schlüssel fehlt die Berechtigung {scope}.',
};
