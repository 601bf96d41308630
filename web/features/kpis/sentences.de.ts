import { type Sentences, sentence } from '../../text/sentence.ts';

export const sentences: Sentences = {
  actions: {
    'kpi.created': ({ who, it }) => sentence`${who} hat den KPI ${it} erstellt`,
    'kpi.restored': ({ who, it }) => sentence`${who} hat den KPI ${it} wiederhergestellt`,
    'kpi.assessed': ({ who, it }) => sentence`${who} hat eingeschätzt, wie ${it} enden wird`,
    'kpi.deleted': ({ who, it }) => sentence`${who} hat den KPI ${it} gelöscht`,
    'check-in.created': ({ who, it, now }) => sentence`${who} hat ${now('value')} für ${it} eingetragen`,
    'check-in.corrected': ({ who, it, was, now, differs }) =>
      differs('value')
        ? sentence`${who} hat einen Check-in für ${it} von ${was('value')} auf ${now('value')} korrigiert`
        : sentence`${who} hat den Kommentar zu einem Check-in für ${it} bearbeitet`,
    'check-in.undone': ({ who, it, was }) =>
      sentence`${who} hat den Check-in mit dem Wert ${was('value')} für ${it} rückgängig gemacht`,
    'check-in.expired': ({ it }) => sentence`Ein Check-in für ${it} wurde mit dem KPI gelöscht`,
  },
  fields: {
    unit: 'die Einheit',
    direction: 'die Richtung',
    baseline: 'den Startwert',
    target: 'den Zielwert',
    'target.low': 'die Untergrenze',
    'target.high': 'die Obergrenze',
    period: 'den Zeitraum',
    start: 'den Beginn',
    end: 'das Ende',
    owner: 'die Verantwortung',
    assigneeIds: 'die Zuständigen',
  },
};
