import type { personDataRefusals } from '../../../domain/person-data/person-data.refusals.ts';
import type * as english from './text.en.ts';

export const texts: typeof english.texts = {
  title: 'Personenbezogene Daten',
  export: 'Datenexport',
  exportText:
    'Alles, was Ihre Organisation über diese Person gespeichert hat: Profil, Teams, Einladungen, Check-ins, Kommentare, Vorhaben und die Einträge im Audit-Log von ihr oder über sie. Eine ZIP-Datei aus JSON-Zeilen mit Prüfsummen.',
  ownText:
    'Alles, was Ihre Organisation über Sie gespeichert hat: Profil, Teams, Einladungen, Check-ins, Kommentare, Vorhaben und die Einträge im Audit-Log von Ihnen oder über Sie. Eine ZIP-Datei aus JSON-Zeilen mit Prüfsummen.',
  erasure: 'Personenbezogene Daten löschen',
  erasureText:
    'Ersetzt Namen, E-Mail-Adressen und Benutzer-ID dieser Person überall durch ein Pseudonym, auch im Audit-Log, und entfernt ihre IP-Adressen und Geräte. Das Audit-Log bleibt nachprüfbar. Das lässt sich nicht rückgängig machen.',
  ownErasureText:
    'Bitten Sie Ihre Organisation, Ihren Namen, Ihre E-Mail-Adressen und Ihre Benutzer-ID zu löschen, sobald Sie kein Mitglied mehr sind. Ein Admin entfernt Sie und führt die Löschung aus.',
  erase: 'Personenbezogene Daten löschen',
  askErasure: 'Löschung beantragen',
  approve: 'Freigeben und löschen',
  withdraw: 'Antrag zurückziehen',
  sure: 'Personenbezogene Daten löschen?',
  sureText:
    'Name, E-Mail-Adressen und Benutzer-ID werden überall durch ein Pseudonym ersetzt. Das lässt sich nicht rückgängig machen. Exportieren Sie die Daten vorher, wenn jemand sie noch braucht.',
  asked: 'Löschung beantragt',
  withdrawn: 'Antrag zurückgezogen',
  erasureStates: {
    asked: (who) => `${who} hat darum gebeten`,
    waiting: (who) => `Von ${who} beantragt. Ein anderer Admin muss das freigeben.`,
    running: () => 'Wird gelöscht. Das kann eine Stunde dauern.',
    done: () => 'Gelöscht',
    withdrawn: () => 'Zurückgezogen',
  },
  aloneFrom: (day) => `Ohne einen anderen Admin können Sie das ab ${day} selbst freigeben.`,
  create: 'Daten exportieren',
  createAgain: 'Neuen Export erstellen',
  requested: 'Ihr Export wird erstellt',
  states: {
    waiting: 'Beginnt in einigen Minuten',
    running: 'Wird erstellt',
    ready: 'Bereit',
    expired: 'Abgelaufen',
  },
  exported: (items) => `${items} Einträge`,
  until: (day) => `Verfügbar bis ${day}`,
  download: 'Herunterladen',
};

export const trail: typeof english.trail = {
  actions: {
    'person-export.requested': 'Export personenbezogener Daten angefordert',
    'person-export.completed': 'Export personenbezogener Daten fertig',
    'person-export.deleted': 'Export personenbezogener Daten entfernt',
    'erasure.requested': 'Löschung personenbezogener Daten beantragt',
    'erasure.approved': 'Löschung personenbezogener Daten freigegeben',
    'erasure.withdrawn': 'Antrag auf Löschung zurückgezogen',
    'erasure.completed': 'Personenbezogene Daten gelöscht',
  },
  fields: {
    requestedAt: 'Angefordert',
    requestedBy: 'Angefordert von',
    pseudonym: 'Pseudonym',
    entries: 'Audit-Log-Einträge',
  },
  values: {
    status: {
      asked: 'beantragt',
      waiting: 'wartet',
      running: 'läuft',
      done: 'fertig',
      withdrawn: 'zurückgezogen',
    },
  },
};

export const refusals: Readonly<Record<keyof typeof personDataRefusals, string>> = {
  no_person_export: 'Es gibt keinen Export der Daten dieser Person zum Herunterladen.',
  no_erasure: 'Niemand hat beantragt, die Daten dieser Person zu löschen.',
  erase_a_member:
    'Diese Person ist noch Mitglied. Entfernen Sie sie aus der Organisation, bevor Sie ihre Daten löschen.',
  erased_already: 'Die Daten dieser Person wurden gelöscht.',
  erasure_takes_two: 'Ein anderer Admin muss das freigeben.',
  erasure_takes_a_day:
    'Sie sind der einzige Admin, deshalb können Sie das einen Tag nach Ihrem Antrag selbst freigeben: am {date}.',
  erasure_begun: 'Die Daten dieser Person werden gerade gelöscht. Das lässt sich nicht mehr anhalten.',
  person_export_of_today:
    'Die Daten dieser Person wurden vor weniger als einem Tag exportiert. Laden Sie diesen Export herunter, oder versuchen Sie es später noch einmal.',
};
