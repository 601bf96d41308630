import type { personDataRefusals } from '../../../domain/person-data/person-data.refusals.ts';
import type * as english from './text.en.ts';

export const texts: typeof english.texts = {
  title: 'Personenbezogene Daten',
  export: 'Datenexport',
  exportText:
    'Alles, was Ihre Organisation über diese Person gespeichert hat: Profil, Teams, Einladungen, Check-ins, Kommentare, Vorhaben und die Einträge im Audit-Log von ihr oder über sie. Eine ZIP-Datei aus JSON-Zeilen mit Prüfsummen.',
  ownText:
    'Alles, was Ihre Organisation über Sie gespeichert hat: Profil, Teams, Einladungen, Check-ins, Kommentare, Vorhaben und die Einträge im Audit-Log von Ihnen oder über Sie. Eine ZIP-Datei aus JSON-Zeilen mit Prüfsummen.',
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
  },
  fields: { requestedAt: 'Angefordert' },
  values: {},
};

export const refusals: Readonly<Record<keyof typeof personDataRefusals, string>> = {
  no_person_export: 'Es gibt keinen Export der Daten dieser Person zum Herunterladen.',
  person_export_of_today:
    'Die Daten dieser Person wurden vor weniger als einem Tag exportiert. Laden Sie diesen Export herunter, oder versuchen Sie es später noch einmal.',
};
