import type { Texts } from '../english.ts';

export const errors: Texts['errors'] = {
  fallbackTitle: 'Das hat nicht geklappt',
  unexpected: 'Auf der Seite ging etwas schief. Versuchen Sie es noch einmal.',
  offline:
    'Der Server ist nicht erreichbar. Prüfen Sie die Verbindung und versuchen Sie es dann noch einmal.',
  unreadable: 'Der Server hat unverständlich geantwortet. Versuchen Sie es gleich noch einmal.',
  mayBeOld: 'Das ist vielleicht nicht mehr aktuell: Es konnte nicht neu gelesen werden.',
  titles: {
    forbidden: 'Das dürfen Sie nicht',
    not_found: 'Das gibt es hier nicht',
    offline: 'Keine Verbindung',
    rate_limited: 'Zu viele Anfragen',
    stale: 'Das hat sich seit dem Öffnen geändert',
    entitlement_exceeded: 'Der Plan erlaubt nicht mehr',
    last_admin: 'Das ist der einzige Admin',
    already_exists: 'Das gibt es schon',
    validation_failed: 'Etwas stimmt noch nicht',
    internal: 'Bei uns ging etwas schief',
    identity_unavailable: 'Der Anmeldedienst ist nicht erreichbar',
    unauthenticated: 'Sie sind abgemeldet',
  },
  whoCould: (who) => `${who} könnte das.`,
  admins: 'Ein Admin Ihrer Organisation',
  superAdmins: 'die Super-Admins der Plattform',
  audiences: {
    admins: 'die Admins Ihrer Organisation',
    leaders: 'die Admins und Teamleitungen Ihrer Organisation',
  },
  retryIn: (seconds) => `Versuchen Sie es in ${seconds} Sekunden noch einmal.`,
  forbiddenPage: 'Diese Seite dürfen Sie nicht öffnen',
  forbiddenText: (who) => `Sie ist für ${who}. Wenn Sie etwas davon brauchen, fragen Sie dort.`,
  ownPage: 'Zurück zur eigenen Seite',
  notFoundPage: 'Diese Seite gibt es nicht',
  notFoundText: 'Vielleicht ist die Adresse vertippt, oder es gibt nicht mehr, wovon sie handelte.',
  start: 'Zurück zum Anfang',
};
