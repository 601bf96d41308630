import type * as english from './text.en.ts';

export const texts: typeof english.texts = {
  signIn: 'Anmelden',
  signInText: 'Organisationen, ihre Personen, Pläne und Nutzung an einem Ort.',
  standIn: {
    loading: 'Personen werden geladen',
    silent: 'Der Anmeldedienst antwortet nicht',
    silentText: 'Läuft das Produkt noch? Laden Sie die Seite neu, sobald es läuft.',
    find: 'Person finden',
    findPlaceholder: 'Name, Rolle oder Organisation',
    people: 'Personen',
    nobody: (words) => `Niemand passt zu „${words}“.`,
  },
  pending: {
    not_invited: {
      title: 'Sie haben noch keine Einladung',
      text: 'Sie sind angemeldet, aber keine Organisation hat dieses Konto eingeladen. Bitten Sie einen Admin Ihrer Organisation, die Adresse einzuladen, mit der Sie angemeldet sind.',
    },
    invitation_expired: {
      title: 'Ihre Einladung ist abgelaufen',
      text: 'Bitten Sie die Person, die Sie eingeladen hat, sie noch einmal zu senden.',
    },
    invitation_revoked: {
      title: 'Ihre Einladung wurde zurückgenommen',
      text: 'Fragen Sie die Person, die Sie eingeladen hat, ob das so gemeint war, und bitten Sie um eine neue.',
    },
    invitation_used: {
      title: 'Sie sind nicht mehr Mitglied',
      text: 'Ihre Einladung wurde benutzt, und Ihre Mitgliedschaft ist seitdem beendet. Bitten Sie einen Admin der Organisation um eine neue Einladung.',
    },
    invitation_for_another_address: {
      title: 'Diese Einladung gilt für eine andere Adresse',
      text: 'Sie sind mit einer anderen E-Mail-Adresse angemeldet als der eingeladenen. Melden Sie sich ab und nehmen Sie die Einladung mit jener Adresse an.',
    },
    address_not_allowed: {
      title: 'Diese Adresse wird nicht angenommen',
      text: 'Die Organisation nimmt nur noch Adressen bestimmter Domains an, und Ihre gehört nicht dazu. Bitten Sie einen Admin der Organisation, Ihre geschäftliche Adresse einzuladen.',
    },
    inviter_not_allowed: {
      title: 'Diese Einladung gilt nicht mehr',
      text: 'Wer Sie eingeladen hat, kann niemanden mehr in die Organisation einladen. Bitten Sie einen ihrer Admins, Ihre Einladung noch einmal zu senden.',
    },
    member_elsewhere: {
      title: 'Sie gehören schon zu einer anderen Organisation',
      text: 'Ein Konto gehört immer nur zu einer Organisation. Versuchen Sie es in einer Minute noch einmal, dann sind Sie wieder in Ihrer. Um dieser beizutreten, bitten Sie einen Admin Ihrer Organisation, Sie zu entfernen, oder nehmen Sie die Einladung mit einer anderen E-Mail-Adresse an.',
    },
    deactivated: {
      title: 'Ihr Konto ist deaktiviert',
      text: 'Ein Admin Ihrer Organisation hat Ihr Konto deaktiviert; nichts von Ihnen ist verloren. Bitten Sie darum, es wieder zu aktivieren.',
    },
  },
  closed: {
    organization_inactive: {
      title: 'Ihre Organisation ist gesperrt',
      text: 'Zurzeit kann niemand aus Ihrer Organisation hier arbeiten. Alle Daten bleiben erhalten. Bitten Sie die Kontaktperson Ihrer Organisation, sich an uns zu wenden.',
    },
    subscription_expired: {
      title: 'Der Plan Ihrer Organisation ist beendet',
      text: 'Alle Daten bleiben erhalten. Sobald der Plan verlängert ist, ist alles wie zuvor. Bitten Sie die Kontaktperson Ihrer Organisation darum.',
    },
  },
};

export const trail: typeof english.trail = {
  actions: {
    'session.started': 'Angemeldet',
  },
};
