import { type SentencesByLanguage, sentence } from '../../text/sentence.ts';

export const sentences: SentencesByLanguage = {
  en: {
    actions: {
      'invitation.created': ({ who, it, now, stored }) =>
        stored('teamId') === undefined
          ? sentence`${who} invited ${it} as ${now('role')}`
          : sentence`${who} invited ${it} to ${now('teamId')} as ${now('role')}`,
      'invitation.sent': ({ it }) => sentence`The invitation to ${it} was sent`,
      'invitation.delivery-failed': ({ it }) => sentence`The invitation to ${it} couldn’t be delivered`,
      'invitation.renewed': ({ who, it }) => sentence`${who} resent the invitation to ${it}`,
      'invitation.accepted': ({ it }) => sentence`${it} accepted the invitation`,
      'invitation.revoked': ({ who, it }) => sentence`${who} revoked the invitation to ${it}`,
      'invitation.expired': ({ it }) => sentence`The invitation to ${it} expired`,
      'invitation.member-elsewhere': ({ who }) =>
        sentence`${who} couldn’t accept an invitation because they belong to another organization`,
      'user.joined': ({ it, now }) => sentence`${it} joined as ${now('role')}`,
      'user.role-changed': ({ who, it, was, now }) =>
        sentence`${who} changed the role of ${it} from ${was('role')} to ${now('role')}`,
      'user.deactivated': ({ who, it }) => sentence`${who} deactivated ${it}`,
      'user.reactivated': ({ who, it }) => sentence`${who} reactivated ${it}`,
      'user.removed': ({ who, it }) => sentence`${who} removed ${it} from the organization`,
      'user.restored': ({ who, it }) => sentence`${who} brought ${it} back to the organization`,
      'user.account-deleted': ({ it }) => sentence`${it} deleted their account`,
      'user.identity-changed': ({ it, was, now, stored, differs }) => {
        if (differs('email'))
          return sentence`${it} changed their email from ${was('email')} to ${now('email')}`;
        if (differs('name')) return sentence`${it} changed their name from ${was('name')}`;
        return stored('twoFactor') === true
          ? sentence`${it} turned on two-factor authentication`
          : sentence`${it} turned off two-factor authentication`;
      },
      'user.imported': ({ it }) => sentence`${it} was imported`,
      'user.import-undone': ({ it }) => sentence`The import of ${it} was undone`,
    },
    fields: { email: 'the email', name: 'the name', role: 'the role', status: 'the status' },
  },
  de: {
    actions: {
      'invitation.created': ({ who, it, now, stored }) =>
        stored('teamId') === undefined
          ? sentence`${who} hat ${it} als ${now('role')} eingeladen`
          : sentence`${who} hat ${it} als ${now('role')} in das Team ${now('teamId')} eingeladen`,
      'invitation.sent': ({ it }) => sentence`Die Einladung an ${it} wurde gesendet`,
      'invitation.delivery-failed': ({ it }) =>
        sentence`Die Einladung an ${it} konnte nicht zugestellt werden`,
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
  },
};
