import type * as english from './text.en.ts';

export const texts: typeof english.texts = {
  signIn: 'Anmelden',
  signInText: 'Organisationen, Personen, KPIs und Tarife an einem Ort',
  standIn: {
    loading: 'Personen werden geladen',
    silent: 'Der Anmeldedienst antwortet nicht',
    silentText: 'Prüfen Sie, ob das Produkt läuft, und laden Sie die Seite neu.',
    find: 'Personen suchen',
    findPlaceholder: 'Name, Rolle oder Organisation',
    people: 'Personen',
    nobody: (words) => `Keine Personen zu „${words}“.`,
  },
  account: {
    title: 'Konto',
    text: 'Ihre E-Mails, Profil, Passwort, Zwei-Faktor-Authentifizierung und Sitzungen.',
    profile: 'Profil',
    name: 'Name',
    email: 'E-Mail',
    profileNote: 'Auf dem eigenen Rechner stammen Profile aus den Beispieldaten.',
    security: 'Sicherheit',
    password: 'Passwort',
    passwordNote: 'Auf dem eigenen Rechner melden Sie sich ohne Passwort an.',
    twoFactor: 'Zwei-Faktor-Authentifizierung',
    twoFactorNote:
      'Auf dem eigenen Rechner wird nicht danach gefragt. Admins sehen, ob sie eingeschaltet ist.',
    sessions: 'Sitzungen',
    thisDevice: 'Dieses Gerät',
    unknownDevice: 'Unbekanntes Gerät',
    device: (browser, system) => `${browser} unter ${system}`,
    endSession: 'Abmelden',
    endSessionOf: (device) => `${device} abmelden`,
    ended: 'Sitzung abgemeldet',
    saved: (on) => `Zwei-Faktor-Authentifizierung ${on ? 'eingeschaltet' : 'ausgeschaltet'}`,
  },
  confirm: {
    title: 'Identität bestätigen',
    text: 'Dafür brauchen Sie eine frische Bestätigung. Auf Ihrem eigenen Rechner steht ein Klick für Passwort und zweiten Faktor.',
    action: 'Bestätigen',
  },
  pending: {
    not_invited: {
      title: 'Sie haben noch keine Einladung',
      text: 'Sie sind angemeldet, wurden aber noch von keiner Organisation eingeladen. Bitten Sie einen Admin Ihrer Organisation, die E-Mail-Adresse einzuladen, mit der Sie angemeldet sind.',
    },
    invitation_expired: {
      title: 'Ihre Einladung ist abgelaufen',
      text: 'Bitten Sie die Person, die Sie eingeladen hat, die Einladung erneut zu senden.',
    },
    invitation_revoked: {
      title: 'Ihre Einladung wurde widerrufen',
      text: 'Falls das ein Versehen war, bitten Sie die Person, die Sie eingeladen hat, um eine neue Einladung.',
    },
    invitation_used: {
      title: 'Sie sind nicht mehr Mitglied',
      text: 'Ihre Mitgliedschaft in dieser Organisation ist beendet. Bitten Sie einen ihrer Admins um eine neue Einladung.',
    },
    invitation_for_another_address: {
      title: 'Diese Einladung gilt für eine andere E-Mail-Adresse',
      text: 'Sie sind mit einer anderen E-Mail-Adresse angemeldet. Melden Sie sich ab und nehmen Sie die Einladung mit der eingeladenen Adresse an.',
    },
    address_not_allowed: {
      title: 'Diese E-Mail-Adresse ist nicht erlaubt',
      text: 'Die Organisation erlaubt nur bestimmte E-Mail-Domains. Bitten Sie einen ihrer Admins, Ihre geschäftliche E-Mail-Adresse einzuladen.',
    },
    inviter_not_allowed: {
      title: 'Diese Einladung gilt nicht mehr',
      text: 'Die Person, die Sie eingeladen hat, kann niemanden mehr in die Organisation einladen. Bitten Sie einen Admin, Ihre Einladung erneut zu senden.',
    },
    member_elsewhere: {
      title: 'Sie gehören bereits zu einer anderen Organisation',
      text: 'Ein Konto kann immer nur zu einer Organisation gehören. Versuchen Sie es in einer Minute erneut, um in Ihre zurückzukehren. Um dieser Organisation beizutreten, bitten Sie einen Admin Ihrer bisherigen Organisation, Sie zu entfernen, oder nehmen Sie die Einladung mit einer anderen E-Mail-Adresse an.',
    },
    deactivated: {
      title: 'Ihr Konto ist deaktiviert',
      text: 'Ein Admin Ihrer Organisation hat Ihr Konto deaktiviert. Ihre Daten bleiben erhalten. Bitten Sie einen Admin, das Konto zu reaktivieren.',
    },
  },
  closed: {
    organization_inactive: {
      title: 'Ihre Organisation ist gesperrt',
      text: 'Die Mitglieder Ihrer Organisation haben zurzeit keinen Zugriff. Alle Daten bleiben erhalten. Bitten Sie die Kontaktperson Ihrer Organisation, sich an uns zu wenden.',
    },
    subscription_expired: {
      title: 'Der Tarif Ihrer Organisation ist abgelaufen',
      text: 'Alle Daten bleiben erhalten. Sobald der Tarif verlängert ist, können Sie weiterarbeiten. Bitten Sie die Kontaktperson Ihrer Organisation, ihn zu verlängern.',
    },
  },
};

export const trail: typeof english.trail = {
  actions: {
    'session.started': 'Angemeldet',
  },
};
