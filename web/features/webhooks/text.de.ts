import type { webhookRefusals } from '../../../domain/webhook/webhook.schema.ts';
import type * as english from './text.en.ts';

export const texts: typeof english.texts = {
  title: 'Webhooks',
  about: 'Sendet signiert an eine Ihrer Adressen, was in dieser Organisation geschieht, sobald es geschieht.',
  none: 'Noch keine Webhooks',
  noneText: 'Erstellen Sie einen, um ein anderes System über Änderungen zu informieren.',
  newOne: 'Neuer Webhook',
  create: 'Webhook erstellen',
  name: 'Name',
  nameHint: 'Wer ihn empfängt, zum Beispiel Data-Warehouse',
  url: 'Adresse',
  urlHint: 'Beginnt mit https:// und ist im öffentlichen Internet erreichbar',
  kind: 'Sendet',
  kinds: { events: 'Ereignisse', audit: 'Audit-Log' },
  kindHints: {
    events: 'Was geschehen ist und wo es zu lesen ist.',
    audit: 'Jeden Eintrag des Audit-Logs der Reihe nach, mit seinem Nachweis.',
  },
  events: 'Ereignistypen',
  allEvents: 'Alle',
  eventsHint: 'Durch Kommas getrennt, zum Beispiel kpi.*, check-in.created. * steht für alle.',
  from: 'Beginnt mit',
  fromOptions: { now: 'Was ab jetzt geschieht', start: 'Dem ersten aufbewahrten Eintrag' },
  details: 'Details',
  status: 'Status',
  statuses: { active: 'Aktiv', paused: 'Angehalten' },
  failing: 'Angehalten: Zustellung scheitert seit einem Tag',
  gone: 'Angehalten: Die Adresse gibt es nicht mehr',
  failingNotice:
    'Dieser Webhook wurde angehalten, weil die Zustellung scheiterte. Nichts ist verloren: Setzen Sie ihn fort.',
  waiting: 'Wartend',
  lastDelivered: 'Zuletzt zugestellt',
  lastFailed: 'Zuletzt gescheitert',
  never: 'Nie',
  pause: 'Anhalten',
  paused: (name) => `Webhook ${name} angehalten`,
  resume: 'Fortsetzen',
  resumed: (name) => `Webhook ${name} fortgesetzt`,
  rotate: 'Geheimnis wechseln',
  rotateTitle: (name) => `Signaturgeheimnis von ${name} wechseln?`,
  rotateText:
    'Sie erhalten jetzt ein neues Geheimnis. 24 Stunden lang werden Nachrichten mit beiden signiert.',
  rotateNow: 'Geheimnis wechseln',
  madeTitle: (name) => `Signaturgeheimnis von ${name}`,
  madeText:
    'Kopieren Sie das Geheimnis jetzt und bewahren Sie es sicher auf. Es wird nicht noch einmal angezeigt.',
  lostText: 'Das Geheimnis ging unterwegs verloren. Wechseln Sie es, um ein neues zu erhalten.',
  theSecret: 'das Signaturgeheimnis',
  done: 'Geheimnis ist gespeichert',
  delete: 'Löschen',
  deleteTitle: (name) => `${name} löschen?`,
  deleteText:
    'Es wird nichts mehr gesendet, auch nicht, was noch wartet. Das kann nicht rückgängig gemacht werden.',
  deleteNow: 'Webhook löschen',
  deleted: (name) => `Webhook ${name} gelöscht`,
  deliveries: 'Zustellungen',
  noDeliveries: 'Noch keine Zustellungen',
  noDeliveriesText: 'Sobald etwas geschieht, stehen sie 30 Tage lang hier.',
  type: 'Ereignis',
  happened: 'Geschehen',
  outcome: 'Ergebnis',
  outcomes: { delivered: 'Zugestellt', retrying: 'Neuer Versuch folgt', failed: 'Gescheitert' },
  answer: 'Letzte Antwort',
  problems: {
    timeout: 'Zeit überschritten',
    'refused-address': 'Adresse nicht öffentlich',
    unreachable: 'Nicht erreichbar',
  },
  attempts: 'Versuche',
  replay: 'Erneut senden',
  replayOf: (type) => `${type} erneut senden`,
  replayed: 'Wird erneut gesendet',
};

export const trail: typeof english.trail = {
  actions: {
    'webhook.created': 'Webhook erstellt',
    'webhook.updated': 'Webhook geändert',
    'webhook.paused': 'Webhook wegen gescheiterter Zustellung angehalten',
    'webhook.secret-rotated': 'Signaturgeheimnis eines Webhooks gewechselt',
    'webhook.deleted': 'Webhook gelöscht',
  },
  fields: {
    webhookId: 'Webhook',
    url: 'Adresse',
    kind: 'Sendet',
    events: 'Ereignistypen',
    pausedBecause: 'Angehalten, weil',
  },
};

export const refusals: Readonly<Record<keyof typeof webhookRefusals, string>> = {
  webhook_not_found: 'Webhook nicht gefunden.',
  delivery_not_found: 'Zustellung nicht gefunden. Zustellungen werden 30 Tage aufbewahrt.',
  too_many_webhooks:
    'Eine Organisation kann {most} Webhooks haben. Löschen Sie einen, den Sie nicht brauchen.',
  target_not_https: 'Geben Sie eine Adresse ein, die mit https:// beginnt',
  target_with_password: 'Geben Sie eine Adresse ohne Benutzernamen und Passwort ein',
  target_not_public:
    'Geben Sie eine Adresse im öffentlichen Internet ein. Private und lokale werden nicht aufgerufen',
  event_type_unknown: '{type} ist kein Ereignistyp',
};
