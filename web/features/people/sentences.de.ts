import { type Sentences, sentence } from '../../text/sentence.ts';

export const sentences: Sentences = {
  actions: {
    'invitation.created': ({ who, it, now, stored }) =>
      stored('teamId') === undefined
        ? sentence`${who} hat ${it} als ${now('role')} eingeladen`
        : sentence`${who} hat ${it} als ${now('role')} in das Team ${now('teamId')} eingeladen`,
    'invitation.sent': ({ it }) => sentence`Die Einladung an ${it} wurde gesendet`,
    'invitation.delivery-failed': ({ it }) => sentence`Die Einladung an ${it} konnte nicht zugestellt werden`,
    'invitation.renewed': ({ who, it }) => sentence`${who} hat die Einladung an ${it} erneut gesendet`,
    'invitation.accepted': ({ it }) => sentence`${it} hat die Einladung angenommen`,
    'invitation.revoked': ({ who, it }) => sentence`${who} hat die Einladung an ${it} widerrufen`,
    'invitation.expired': ({ it }) => sentence`Die Einladung an ${it} ist abgelaufen`,
    'invitation.member-elsewhere': ({ who }) =>
      sentence`${who} konnte eine Einladung nicht annehmen, weil das Konto zu einer anderen Organisation gehört`,
    'user.joined': ({ it, now }) => sentence`${it} ist als ${now('role')} beigetreten`,
    'user.role-changed': ({ who, it, was, now }) =>
      sentence`${who} hat die Rolle von ${it} von ${was('role')} in ${now('role')} geändert`,
    'user.deactivated': ({ who, it }) => sentence`${who} hat ${it} deaktiviert`,
    'user.reactivated': ({ who, it }) => sentence`${who} hat ${it} reaktiviert`,
    'user.removed': ({ who, it }) => sentence`${who} hat ${it} aus der Organisation entfernt`,
    'user.restored': ({ who, it }) => sentence`${who} hat ${it} wieder in die Organisation aufgenommen`,
    'user.account-deleted': ({ it }) => sentence`${it} hat das eigene Konto gelöscht`,
    'user.identity-changed': ({ it, was, now, stored, differs }) => {
      if (differs('email'))
        return sentence`${it} hat die eigene E-Mail-Adresse von ${was('email')} in ${now('email')} geändert`;
      if (differs('name')) return sentence`${it} hieß vorher ${was('name')}`;
      return stored('twoFactor') === true
        ? sentence`${it} hat die Zwei-Faktor-Authentifizierung aktiviert`
        : sentence`${it} hat die Zwei-Faktor-Authentifizierung deaktiviert`;
    },
    'user.imported': ({ it }) => sentence`${it} wurde importiert`,
    'user.import-undone': ({ it }) => sentence`Der Import von ${it} wurde rückgängig gemacht`,
  },
  fields: { email: 'die E-Mail-Adresse', name: 'den Namen', role: 'die Rolle', status: 'den Status' },
};
